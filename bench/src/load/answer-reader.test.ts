import { describe, expect, it } from '@jest/globals';
import { AnswerReader } from './answer-reader.js';

interface Seen {
  status: number;
  keepAlive: boolean;
  body: string;
}

function read(text: string, cut: number): { seen: Seen[]; close: 'clean' | 'cut' } {
  const seen: Seen[] = [];
  let body = '';
  const reader = new AnswerReader({
    body: (bytes) => (body += bytes.toString()),
    end: (status, keepAlive) => {
      seen.push({ status, keepAlive, body });
      body = '';
    },
  });
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += cut) reader.push(bytes.subarray(at, at + cut));
  return { seen, close: reader.close() };
}

const plain = 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello';
const chunked =
  'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n3\r\nabc\r\na;x=y\r\n0123456789\r\n0\r\nx-trailer: 1\r\n\r\n';

describe('AnswerReader', () => {
  it('reads answers one after another, however they are cut', () => {
    const text = plain + chunked + 'HTTP/1.1 100 Continue\r\n\r\n' + plain;
    for (let cut = 1; cut <= text.length; cut += 1) {
      expect(read(text, cut)).toEqual({
        seen: [
          { status: 200, keepAlive: true, body: 'hello' },
          { status: 200, keepAlive: false, body: 'abc0123456789' },
          { status: 200, keepAlive: true, body: 'hello' },
        ],
        close: 'clean',
      });
    }
  });

  it('takes the close for the end of an answer without a length, and for nothing else', () => {
    expect(read('HTTP/1.1 200 OK\r\n\r\nabc', 4)).toEqual({
      seen: [{ status: 200, keepAlive: false, body: 'abc' }],
      close: 'clean',
    });
    for (let length = 1; length < chunked.length; length += 1) {
      expect(read(chunked.slice(0, length), 7)).toEqual({ seen: [], close: 'cut' });
    }
  });

  it('ends an answer without a body at once', () => {
    expect(read('HTTP/1.1 503 Busy\r\ncontent-length: 0\r\n\r\n', 9).seen).toEqual([
      { status: 503, keepAlive: true, body: '' },
    ]);
  });

  it('refuses what is no answer', () => {
    expect(() => read('SSH-2.0-OpenSSH\r\n\r\n', 100)).toThrow('not an HTTP answer');
    expect(() => read('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n', 100)).toThrow(
      'not a chunk size',
    );
    expect(() => read('x'.repeat(200_000), 1_000)).toThrow('without end');
  });
});
