import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import type { FastifyReply } from 'fastify';
import { StreamReply } from './stream-reply.js';

describe('the end of an answer', () => {
  let server: Server;
  let client: Socket;
  const setTimeoutOf = jest.fn<ServerResponse['setTimeout']>();
  let closed: Promise<boolean>;

  /** @param bytes of the answer */
  const answer = (bytes: number, isRead: boolean): Promise<void> =>
    new Promise((resolve) => {
      server = createServer((_, raw) => {
        setTimeoutOf.mockImplementation((_ms, listener) => {
          // A minute is long.
          if (listener) setTimeout(listener, 50);
          return raw;
        });
        raw.setTimeout = setTimeoutOf;
        closed = new Promise((done) => raw.once('close', () => done(raw.writableFinished)));
        const reply = { raw, hijack: () => {} } as unknown as FastifyReply;
        new StreamReply(reply).sendWhole(200, {}, 'x'.repeat(bytes));
        resolve();
      });
      server.listen(0, '127.0.0.1', () => {
        client = connect((server.address() as AddressInfo).port, '127.0.0.1');
        client.on('error', () => {});
        if (isRead) client.resume();
        client.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n');
      });
    });

  beforeEach(() => void setTimeoutOf.mockClear());
  afterEach(() => {
    client.destroy();
    server.close();
  });

  it('is not waited for without bound where its client reads nothing', async () => {
    await answer(30_000_000, false);
    expect(setTimeoutOf).toHaveBeenCalledWith(60_000, expect.any(Function));
    expect(await closed).toBe(false);
  });

  it('needs no clock where the system has taken it', async () => {
    await answer(1_000, true);
    expect(await closed).toBe(true);
    expect(setTimeoutOf).not.toHaveBeenCalled();
  });
});
