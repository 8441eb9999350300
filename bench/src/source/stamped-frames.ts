import { printStamp } from '../load/chunk-stamp.js';

const CHUNK_BYTES = 250;
const COMMON =
  '"id":"chatcmpl-bench","object":"chat.completion.chunk","created":1760000000,"model":"stamped"';

/** All that comes before the first content: the head of the answer, and the chunk that names the role. */
export const OPENING = Buffer.from(
  `HTTP/1.1 200 OK\r\ncontent-type: text/event-stream; charset=utf-8\r\ncache-control: no-cache\r\ntransfer-encoding: chunked\r\n\r\n${transferChunk(
    event(
      `{${COMMON},"choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}]}`,
    ),
  )}`,
);

const [before, after] = contentFrame();

/** A chunk of content, always as long, that says when it leaves. */
export function stampedChunk(us: number): string {
  return before + printStamp(us) + after;
}

/** Finish reason, usage and the end. */
export function closing(chunks: number): Buffer {
  const finish = `{${COMMON},"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}`;
  const usage = `{${COMMON},"choices":[],"usage":{"prompt_tokens":100,"completion_tokens":${chunks},"total_tokens":${100 + chunks}}}`;
  return Buffer.from(`${transferChunk(event(finish) + event(usage) + event('[DONE]'))}0\r\n\r\n`);
}

function contentFrame(): [string, string] {
  const print = (padding: string): string =>
    event(
      `{${COMMON},"choices":[{"index":0,"delta":{"content":"${printStamp(0)}${padding}"},"finish_reason":null}]}`,
    );
  const frame = transferChunk(print('x'.repeat(CHUNK_BYTES - print('').length)));
  const [head = '', tail = ''] = frame.split(printStamp(0));
  return [head, tail];
}

function event(data: string): string {
  return `data: ${data}\n\n`;
}

function transferChunk(text: string): string {
  return `${text.length.toString(16)}\r\n${text}\r\n`;
}
