import { describe, expect, it } from '@jest/globals';
import { LAST_CHUNK, transferChunk } from './transfer-chunk.js';

describe('transferChunk', () => {
  it('says the length of bytes in front of them', () => {
    expect(transferChunk(Buffer.from('data: 1\n\n')).toString()).toBe('9\r\ndata: 1\n\n\r\n');
    expect(transferChunk(Buffer.alloc(300, 'x')).subarray(0, 5).toString()).toBe('12c\r\n');
  });

  it('counts the bytes of a text and not its characters', () => {
    expect(transferChunk('gr\u00fc\u00df \u{1f600}').toString()).toBe('b\r\ngr\u00fc\u00df \u{1f600}\r\n');
  });

  it('ends a body with a chunk of nothing', () => {
    expect(LAST_CHUNK.toString()).toBe('0\r\n\r\n');
  });
});
