import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Frame, FRAME_HEADER_BYTES, maxFrameBytes, readFrames, writeFrame } from './frame.js';

function print(frames: readonly Frame[]): Buffer {
  const buffer = Buffer.alloc(frames.reduce((sum, frame) => sum + maxFrameBytes(frame.payload), 0));
  let end = 0;
  for (const frame of frames) end = writeFrame(buffer, end, frame.number, frame.payload);
  return buffer.subarray(0, end);
}

const frames = fc
  .tuple(fc.nat(2 ** 40), fc.array(fc.string({ unit: 'grapheme', maxLength: 60 }), { maxLength: 12 }))
  .map(([first, payloads]) => payloads.map((payload, n) => ({ number: first + n, payload })));

describe('frames', () => {
  it('are read as they were written, whatever text they hold', () => {
    fc.assert(
      fc.property(frames, (written) => {
        const bytes = print(written);
        expect(readFrames(bytes)).toEqual({ frames: written, bytes: bytes.length });
      }),
    );
  });

  it('are read up to where a write was torn, at whatever byte', () => {
    const written = ['{"a":1}', '{"b":"ü"}', ''].map((payload, n) => ({ number: n + 7, payload }));
    const bytes = print(written);
    const ends = written.map((_, n) => print(written.slice(0, n + 1)).length);
    for (let cut = 0; cut <= bytes.length; cut++) {
      const whole = ends.filter((end) => end <= cut).length;
      expect(readFrames(bytes.subarray(0, cut))).toEqual({
        frames: written.slice(0, whole),
        bytes: whole === 0 ? 0 : ends[whole - 1],
      });
    }
  });

  it('are not trusted behind a changed byte', () => {
    fc.assert(
      fc.property(
        frames.filter((written) => written.length > 0),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        (written, at, change) => {
          const bytes = Buffer.from(print(written));
          const place = at % bytes.length;
          bytes[place] = (bytes[place] ?? 0) ^ change;
          const read = readFrames(bytes);
          expect(read.frames.length).toBeLessThan(written.length);
          expect(written.slice(0, read.frames.length)).toEqual(read.frames);
        },
      ),
    );
  });

  it('end where the numbers do not go on', () => {
    const bytes = print([
      { number: 1, payload: 'a' },
      { number: 3, payload: 'b' },
    ]);
    expect(readFrames(bytes)).toEqual({
      frames: [{ number: 1, payload: 'a' }],
      bytes: FRAME_HEADER_BYTES + 1,
    });
  });
});
