import { printStamp } from '../load/chunk-stamp.js';
import type { StreamFrames } from './stamped-frames.js';
import { CHUNK_BYTES, transferChunk } from './transfer-chunk.js';

/** Anthropic's stream, with a stamp in each piece of text. https://docs.claude.com/en/docs/build-with-claude/streaming */
export const MESSAGES_FRAMES: StreamFrames = makeFrames();

function makeFrames(): StreamFrames {
  const delta = (text: string): string =>
    event('content_block_delta', { index: 0, delta: { type: 'text_delta', text } });
  const empty = delta(printStamp(0));
  const frame = transferChunk(delta(printStamp(0) + 'x'.repeat(Math.max(0, CHUNK_BYTES - empty.length))));
  const [before = '', after = ''] = frame.split(printStamp(0));
  return {
    opening: transferChunk(
      event('message_start', {
        message: {
          id: 'msg_bench',
          type: 'message',
          role: 'assistant',
          model: 'stamped',
          content: [],
          stop_reason: null,
          stop_sequence: null,
          usage: { input_tokens: 100, output_tokens: 1 },
        },
      }) + event('content_block_start', { index: 0, content_block: { type: 'text', text: '' } }),
    ),
    chunk: (us) => before + printStamp(us) + after,
    closing: (chunks) =>
      transferChunk(
        event('content_block_stop', { index: 0 }) +
          event('message_delta', {
            delta: { stop_reason: 'end_turn', stop_sequence: null },
            usage: { output_tokens: chunks },
          }) +
          event('message_stop', {}),
      ),
  };
}

function event(type: string, fields: object): string {
  return `event: ${type}\ndata: ${JSON.stringify({ type, ...fields })}\n\n`;
}
