import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ask } from '../../support/ask.js';
import { startGateway, type TestGateway } from '../../support/start-gateway.js';

/** A control plane as far as a gateway can tell: it keeps what it was asked. */
class FakeControlPlane {
  readonly asked: { url: string; authorization: string }[] = [];
  answer = { status: 200, body: '{"data":{"id":"x"}}' };
  private readonly server: Server = createServer((request, response) => {
    this.asked.push({ url: request.url ?? '', authorization: request.headers.authorization ?? '' });
    response.writeHead(this.answer.status, { 'content-type': 'application/json' }).end(this.answer.body);
  });

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  close(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }
}

describe('GET /v1/generation, /v1/credits, /v1/key', () => {
  const plane = new FakeControlPlane();
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startGateway({ env: { CONTROL_PLANE_URL: await plane.listen() } });
  });
  afterAll(async () => {
    await gateway.stop();
    await plane.close().catch(() => undefined);
  });

  const get = (path: string, key?: string | null) =>
    ask(gateway, { path, method: 'GET', ...(key === undefined ? {} : { key }) });

  it.each([
    ['/v1/generation?id=gen-1', '/gateway/generation?id=gen-1'],
    ['/api/v1/generation?id=a%2Fb', '/gateway/generation?id=a%2Fb'],
    ['/v1/credits', '/gateway/credits'],
    ['/api/v1/key', '/gateway/key'],
    ['/api/v1/auth/key', '/gateway/key'],
  ])('passes %s on for who has a key, with a token of the gateway', async (path, passed) => {
    plane.asked.length = 0;
    const answer = await get(path);
    expect([answer.status, answer.json]).toEqual([200, { data: { id: 'x' } }]);
    expect(answer.headers.get('content-type')).toContain('application/json');
    expect(plane.asked).toEqual([{ url: passed, authorization: expect.stringMatching(/^Bearer gt-tl-/) }]);
    expect((await get(path, null)).status).toBe(401);
    expect((await get(path, 'sk-tl-unknown')).status).toBe(401);
    expect(plane.asked).toHaveLength(1);
  });

  it('wants an id, and tells what the control plane says', async () => {
    expect(await get('/v1/generation')).toMatchObject({ status: 400, json: { error: { param: 'id' } } });
    plane.answer = {
      status: 404,
      body: '{"error":{"code":"not_found","message":"There is no such generation."}}',
    };
    expect(await get('/v1/generation?id=nope')).toMatchObject({
      status: 404,
      json: { error: { code: 'not_found', message: 'There is no such generation.' } },
    });
    plane.answer = { status: 500, body: 'oops' };
    expect((await get('/v1/credits')).status).toBe(503);
  });

  it('is 503 when the control plane is away, and calls of models go on', async () => {
    await plane.close();
    const answer = await get('/v1/credits');
    expect([answer.status, answer.json]).toMatchObject([503, { error: { code: 'service_unavailable' } }]);
    expect(answer.headers.get('retry-after')).toBe('2');
    const chat = await ask(gateway, {
      body: { model: 'openai/gpt-4o-mini', messages: [{ role: 'user', content: 'hi' }] },
    });
    expect(chat.status).toBe(200);
  });
});
