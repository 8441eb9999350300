import { describe, expect, it } from '@jest/globals';
import { readEvents } from './read-events';

const TEXT = 'data: {"a":"é"}\r\n\r\n: keep-alive\n\ndata: one\ndata: two\n\nevent: x\ndata:[DONE]\n\n';

async function read(cuts: readonly number[]): Promise<string[]> {
  const bytes = new TextEncoder().encode(TEXT);
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      let from = 0;
      for (const cut of [...cuts, bytes.length]) {
        controller.enqueue(bytes.slice(from, cut));
        from = cut;
      }
      controller.close();
    },
  });
  const events: string[] = [];
  for await (const event of readEvents(body)) events.push(event);
  return events;
}

describe('events of a stream', () => {
  it('are the same however the bytes are cut', async () => {
    const whole = ['{"a":"é"}', 'one\ntwo', '[DONE]'];
    expect(await read([])).toEqual(whole);
    for (let cut = 1; cut < new TextEncoder().encode(TEXT).length; cut += 1)
      expect(await read([cut])).toEqual(whole);
  });

  it('end what is upstream when the reader stops', async () => {
    let cancelled = false;
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(new TextEncoder().encode('data: 1\n\ndata: 2\n\n')),
      cancel: () => {
        cancelled = true;
      },
    });
    for await (const event of readEvents(body)) {
      expect(event).toBe('1');
      break;
    }
    expect(cancelled).toBe(true);
  });
});
