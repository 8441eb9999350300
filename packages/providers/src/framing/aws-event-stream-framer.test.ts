import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { awsMessage, awsMessages } from '../testing/aws-messages.js';
import { cutAt } from '../testing/split-bytes.js';
import { AwsEventStreamFramer } from './aws-event-stream-framer.js';
import { FramingError, type SseEvent } from './sse-framer.js';

function frames(pieces: readonly Buffer[], maxFrameBytes?: number): SseEvent[] {
  const framer = new AwsEventStreamFramer(maxFrameBytes);
  return pieces.flatMap((piece) => framer.push(piece));
}
const read = (pieces: readonly Buffer[]) => frames(pieces).map(({ event, data }) => ({ event, data }));

const texts = ['{"role":"assistant"}', '{"delta":{"text":"Grüße 🎉"}}', '', '{"stopReason":"end_turn"}'];
const whole = awsMessages(texts.map((data, i) => ({ event: `event${i}`, data })));
const expected = texts.map((data, i) => ({ event: `event${i}`, data }));

describe('the framer of AWS event streams', () => {
  it('reads messages with their names and payloads', () => {
    expect(read([whole])).toEqual(expected);
  });

  it('tells exceptions and errors from events by their names', () => {
    const bytes = Buffer.concat([
      awsMessage({ exception: 'throttlingException', data: '{"message":"Too many"}' }),
      awsMessage({ error: 'InternalFailure', message: 'Sorry' }),
    ]);
    expect(read([bytes])).toEqual([
      { event: 'exception:throttlingException', data: '{"message":"Too many"}' },
      { event: 'error:InternalFailure', data: '{"message":"Sorry"}' },
    ]);
  });

  it('reads the same however the bytes are cut', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: whole.length }), { maxLength: 40 }), (cuts) => {
        expect(read(cutAt(whole, cuts))).toEqual(expected);
      }),
    );
    const single = cutAt(
      whole,
      Array.from(whole, (_, i) => i),
    );
    expect(read(single)).toEqual(expected);
  });

  it('says where the bytes of each message stand', () => {
    const [first, second] = frames([whole]);
    expect(first?.start).toBe(0);
    expect(second?.start).toBe(first?.end);
    expect(whole.readUInt32BE(second?.start ?? 0)).toBe((second?.end ?? 0) - (second?.start ?? 0));
  });

  it('never makes a message of half of one', () => {
    const last = awsMessage({ event: 'messageStop', data: '{}' });
    for (let length = 0; length < last.length; length += 1) {
      const framer = new AwsEventStreamFramer();
      expect(framer.push(last.subarray(0, length))).toEqual([]);
      expect(framer.end()).toEqual([]);
    }
  });

  it('notices every flipped bit', () => {
    const one = awsMessage({ event: 'contentBlockDelta', data: '{"delta":{"text":"Hi"}}' });
    for (let bit = 0; bit < one.length * 8; bit += 1) {
      const flipped = Buffer.from(one);
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(() => frames([flipped])).toThrow(FramingError);
    }
  });

  it('takes any other bytes for an error, and waits where they are too few to tell', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 12, maxLength: 200 }), (bytes) => {
        expect(() => frames([Buffer.from(bytes)])).toThrow(FramingError);
      }),
    );
    expect(frames([Buffer.from('data: {}')])).toEqual([]);
  });

  it.each(['ff', '03616263ff', '0361626307ffff', '0361626306ffff', '036162630500'])(
    'takes headers that say %s for an error, also where the checksums are right',
    (headers) => {
      const bytes = awsMessage({ headers: Buffer.from(headers, 'hex'), data: '' });
      const neighbour = Buffer.concat([bytes, Buffer.alloc(70_000, 'secret')]);
      expect(() => frames([neighbour.subarray(0, bytes.length)])).toThrow(FramingError);
    },
  );

  it('refuses a message over the bound before its bytes have come', () => {
    const large = awsMessage({ event: 'e', data: 'x'.repeat(2000) });
    expect(() => frames([large.subarray(0, 12)], 1000)).toThrow(/larger than 1000 bytes/);
  });
});
