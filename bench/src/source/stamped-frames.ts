import { printStamp } from '../load/chunk-stamp.js';
import { CHUNK_BYTES, transferChunk } from './transfer-chunk.js';

/** One dialect's stream as it goes over the wire, in chunks of HTTP's transfer. */
export interface StreamFrames {
  /** All events before the first content. */
  readonly opening: string;
  /** An event of content, always as long, that says when it leaves. */
  chunk(us: number): string;
  /** Finish reason, usage and the end. */
  closing(chunks: number): string;
}

/** The head of each answer. */
export const HEAD =
  'HTTP/1.1 200 OK\r\ncontent-type: text/event-stream; charset=utf-8\r\ncache-control: no-cache\r\ntransfer-encoding: chunked\r\n\r\n';
/** What ends each answer. */
export const LAST_CHUNK = '0\r\n\r\n';

const COMMON =
  '"id":"chatcmpl-bench","object":"chat.completion.chunk","created":1760000000,"model":"stamped"';

/** OpenAI's chat stream. */
export const CHAT_FRAMES: StreamFrames = makeFrames();

function makeFrames(): StreamFrames {
  const content = (padding: string): string =>
    event(
      `{${COMMON},"choices":[{"index":0,"delta":{"content":"${printStamp(0)}${padding}"},"finish_reason":null}]}`,
    );
  const frame = transferChunk(content('x'.repeat(CHUNK_BYTES - content('').length)));
  const [before = '', after = ''] = frame.split(printStamp(0));
  return {
    opening: transferChunk(
      event(
        `{${COMMON},"choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}]}`,
      ),
    ),
    chunk: (us) => before + printStamp(us) + after,
    closing: (chunks) => transferChunk(finishOf(chunks)),
  };
}

function finishOf(chunks: number): string {
  const finish = `{${COMMON},"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}`;
  const usage = `{${COMMON},"choices":[],"usage":{"prompt_tokens":100,"completion_tokens":${chunks},"total_tokens":${100 + chunks}}}`;
  return event(finish) + event(usage) + event('[DONE]');
}

function event(data: string): string {
  return `data: ${data}\n\n`;
}
