import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AddressGuard } from './address-guard.js';
import { guardedRequest } from './guarded-request.js';

let server: Server;
let base: string;
beforeAll(async () => {
  server = createServer((request, response) => {
    if (request.url === '/never') return;
    if (request.url === '/moved') return void response.writeHead(302, { location: '/there' }).end();
    if (request.url === '/large') return void response.end('x'.repeat(100_000));
    let text = '';
    request.on('data', (chunk) => (text += String(chunk)));
    request.on('end', () =>
      response.writeHead(201, { 'x-seen': request.url }).end(`${request.method} ${text}`),
    );
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const send = (path: string, allowed = ['127.0.0.1'], timeoutMs = 20_000) =>
  guardedRequest({
    guard: new AddressGuard(allowed),
    url: new URL(path, base),
    method: 'POST',
    headers: { 'content-type': 'text/plain' },
    body: 'hello',
    timeoutMs,
    maxBytes: 1_000,
  });

describe('a guarded request', () => {
  it('tells status, headers and body', async () => {
    expect(await send('/a?b=c')).toMatchObject({
      statusCode: 201,
      headers: { 'x-seen': '/a?b=c' },
      body: 'POST hello',
    });
  });

  it('reads no more than it was told to', async () => {
    expect((await send('/large')).body).toHaveLength(1_000);
  });

  it('follows nobody elsewhere', async () => {
    expect((await send('/moved')).statusCode).toBe(302);
  });

  it('ends in time', async () => {
    await expect(send('/never', undefined, 300)).rejects.toMatchObject({ name: 'TimeoutError' });
  });

  it('is not sent inside', async () => {
    await expect(send('/a', [])).rejects.toMatchObject({ code: 'ERR_ADDRESS_NOT_PUBLIC' });
  });
});
