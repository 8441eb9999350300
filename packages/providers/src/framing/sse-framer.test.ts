import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cutAt } from '../testing/split-bytes.js';
import { FramingError, SseFramer, type SseEvent } from './sse-framer.js';

function frames(pieces: readonly Buffer[], maxFrameBytes?: number): SseEvent[] {
  const framer = new SseFramer(maxFrameBytes);
  const events = pieces.flatMap((piece) => framer.push(piece));
  return [...events, ...framer.end()];
}
const read = (text: string) => frames([Buffer.from(text)]).map(({ event, data }) => ({ event, data }));
const bytesOf = ({ source, start, end }: SseEvent) => source.subarray(start, end).toString();

describe('the SSE framer', () => {
  it('reads named events, several data lines and comments', () => {
    expect(read(': hello\n\nevent: ping\ndata: 1\n\ndata: a\ndata: b\nid: 7\nretry: 3\n\n')).toEqual([
      { event: null, data: '' },
      { event: 'ping', data: '1' },
      { event: null, data: 'a\nb' },
    ]);
  });

  it.each(['\n', '\r\n', '\r'])('takes %j as line end', (lineEnd) => {
    const text = ['event: e', 'data: 1', '', 'data: 2', '', ''].join(lineEnd);
    expect(read(text)).toEqual([
      { event: 'e', data: '1' },
      { event: null, data: '2' },
    ]);
  });

  it('takes a value with or without the space, and a field without a colon', () => {
    expect(read('data:1\n\ndata:  2\n\ndata\n\n')).toEqual([
      { event: null, data: '1' },
      { event: null, data: ' 2' },
      { event: null, data: '' },
    ]);
  });

  it('skips a byte order mark and blank lines too many', () => {
    expect(read('\ufeffdata: 1\n\n\n\n\ndata: 2\n\n')).toEqual([
      { event: null, data: '1' },
      { event: null, data: '2' },
    ]);
  });

  it('does not take a field for another that begins alike', () => {
    expect(read('database: 1\ndata: 2\n\n')).toEqual([{ event: null, data: '2' }]);
  });

  it('gives what stands behind the last blank line at the end, and nothing where that has no data', () => {
    expect(read('data: 1\n\ndata: [DONE]')).toEqual([
      { event: null, data: '1' },
      { event: null, data: '[DONE]' },
    ]);
    expect(read('data: 1\n\n: bye')).toEqual([{ event: null, data: '1' }]);
  });

  it('emits a frame as soon as its blank line is there, also where CR ends it', () => {
    const framer = new SseFramer();
    expect(framer.push(Buffer.from('data: 1\r\n\r'))).toHaveLength(1);
    expect(framer.push(Buffer.from('\ndata: 2\r\n\r\n')).map(({ data }) => data)).toEqual(['2']);
  });

  it('gives each frame the bytes that it came in', () => {
    const text = ': c\n\nevent: a\ndata: {"x":"ü"}\n\ndata: 2\n\n';
    expect(
      frames([Buffer.from(text)])
        .map(bytesOf)
        .join(''),
    ).toBe(text);
  });

  it('prints a frame anew that ends with CR, since its line feed may come behind the next one', () => {
    const framer = new SseFramer();
    const events = [...Buffer.from('event: a\r\ndata: 1\r\n\r\ndata: x\r\ndata: y\r\n\r\n')].flatMap((byte) =>
      framer.push(Buffer.of(byte)),
    );
    expect(events.map(bytesOf)).toEqual(['event: a\ndata: 1\n\n', 'data: x\ndata: y\n\n']);
    expect(frames([Buffer.from(': c\r\rdata: 1\r\r')]).map(bytesOf)).toEqual([':\n\n', 'data: 1\n\n']);
  });

  it('gives what stands behind the last blank line a blank line of its own', () => {
    expect(frames([Buffer.from('event: a\ndata: {"x":1}')]).map(bytesOf)).toEqual([
      'event: a\ndata: {"x":1}\n\n',
    ]);
  });

  it('tells documents apart that somebody lost the blank lines between', () => {
    const rows = 'event: a\ndata: {"x":1}\nevent: b\ndata: {"y":2}\ndata: [DONE]\n\n';
    expect(read(rows)).toEqual([
      { event: 'a', data: '{"x":1}' },
      { event: 'b', data: '{"y":2}' },
      { event: null, data: '[DONE]' },
    ]);
    expect(
      frames([Buffer.from(rows)])
        .map(bytesOf)
        .join(''),
    ).toBe('event: a\ndata: {"x":1}\n\nevent: b\ndata: {"y":2}\n\ndata: [DONE]\n\n');
    expect(read(rows.trimEnd())).toHaveLength(3);
  });

  it('leaves a document alone that takes several lines, and one that is broken', () => {
    expect(read('data: {"x":\ndata: 1}\n\n')).toEqual([{ event: null, data: '{"x":\n1}' }]);
    expect(read('data: {"x":1}\ndata: {"y\n\n')).toEqual([{ event: null, data: '{"x":1}\n{"y' }]);
  });

  it('refuses a frame over the bound, whether it is whole or not', () => {
    const large = Buffer.from(`data: ${'x'.repeat(100)}\n\n`);
    expect(() => frames([large], 64)).toThrow(FramingError);
    expect(() => frames(cutAt(large, [10, 20, 30, 70, 90]), 64)).toThrow(FramingError);
  });

  it('keeps the bytes of earlier frames as they were while later ones come in', () => {
    const framer = new SseFramer();
    framer.push(Buffer.from('data: fi'));
    const [first] = framer.push(Buffer.from('rst\n\ndata: sec'));
    framer.push(Buffer.from('ond\n\ndata: third and longer\n\nda'));
    expect(first && bytesOf(first)).toBe('data: first\n\n');
  });

  const line = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 12 }).map((text) => `data: ${text.replaceAll(/[\r\n]/g, '')}`),
    fc.constantFrom(': comment', 'event: message_start', 'id: 1', 'data', 'data:x', ''),
  );
  const stream = fc
    .tuple(
      fc.array(line, { maxLength: 20 }),
      fc.array(fc.constantFrom('\n', '\r\n', '\r'), { minLength: 20, maxLength: 20 }),
    )
    .map(([lines, ends]) => lines.map((text, i) => text + (ends[i] ?? '\n')).join(''));

  it('gives the same events however the bytes are cut', () => {
    fc.assert(
      fc.property(stream, fc.array(fc.nat({ max: 300 }), { maxLength: 40 }), (text, cuts) => {
        const bytes = Buffer.from(text);
        const whole = frames([bytes]).map(({ event, data }) => [event, data]);
        expect(frames(cutAt(bytes, cuts)).map(({ event, data }) => [event, data])).toEqual(whole);
        const single = Array.from(bytes, (_, i) => i);
        expect(frames(cutAt(bytes, single)).map(({ event, data }) => [event, data])).toEqual(whole);
      }),
    );
  });

  it('never throws on arbitrary bytes', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 60 })), (pieces) => {
        frames(pieces.map((piece) => Buffer.from(piece)));
      }),
    );
  });
});
