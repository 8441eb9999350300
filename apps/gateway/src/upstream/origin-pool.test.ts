import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { OriginPool } from './origin-pool.js';

describe('OriginPool', () => {
  let server: Server;
  let pool: OriginPool;
  let connections: number;
  let waiting: ServerResponse[];

  beforeEach(async () => {
    connections = 0;
    waiting = [];
    server = createServer((request, response) => {
      if (request.url === '/wait') waiting.push(response);
      else response.end('ok');
    });
    server.on('connection', () => (connections += 1));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    pool = poolFor(60_000);
  });

  afterEach(async () => {
    await pool.destroy();
    server.closeAllConnections();
    server.close();
  });

  function poolFor(connectionLifeMs: number): OriginPool {
    const { port } = server.address() as AddressInfo;
    return new OriginPool(`http://127.0.0.1:${port}`, {
      connectionLifeMs,
      headersTimeout: 0,
      bodyTimeout: 0,
    });
  }

  async function ask(path = '/'): Promise<string> {
    const { body } = await pool.request({ method: 'GET', path });
    const text = await body.text();
    // A connection is free again a turn after its answer.
    await sleep(5);
    return text;
  }

  async function allWait(count: number): Promise<void> {
    while (waiting.length < count) await sleep(5);
  }

  it('uses a connection again, request after request', async () => {
    for (let call = 0; call < 5; call += 1) expect(await ask()).toBe('ok');
    expect({ connections, size: pool.size }).toEqual({ connections: 1, size: 1 });
  });

  it('gives each request under way a connection of its own', async () => {
    const asked = [ask('/wait'), ask('/wait'), ask('/wait')];
    await allWait(3);
    expect(connections).toBe(3);
    for (const response of waiting) response.end('late');
    expect(await Promise.all(asked)).toEqual(['late', 'late', 'late']);
    expect(await ask()).toBe('ok');
    expect(connections).toBe(3);
  });

  it('never puts a request behind another one', async () => {
    await ask();
    const slow = ask('/wait');
    await allWait(1);
    expect(await ask()).toBe('ok');
    waiting[0]?.end('late');
    expect(await slow).toBe('late');
  });

  it('asks nothing more of a connection that is too old', async () => {
    await pool.destroy();
    pool = poolFor(20);
    await ask();
    await sleep(40);
    expect(await ask()).toBe('ok');
    expect({ connections, size: pool.size }).toEqual({ connections: 2, size: 1 });
  });

  it('forgets connections that their server closed', async () => {
    const asked = [ask('/wait'), ask('/wait'), ask('/wait')];
    await allWait(3);
    for (const response of waiting) response.end();
    await Promise.all(asked);
    server.closeAllConnections();
    while (pool.size > 0) await sleep(5);
    expect(await ask()).toBe('ok');
    expect(pool.size).toBe(1);
  });

  it('forgets a connection that broke in an answer, and one that never came about', async () => {
    const broken = ask('/wait');
    await allWait(1);
    server.closeAllConnections();
    await expect(broken).rejects.toThrow();
    server.close();
    await expect(ask()).rejects.toThrow('ECONNREFUSED');
    while (pool.size > 0) await sleep(5);
  });

  it('keeps the connection of a request that could not be written', async () => {
    await ask();
    const refused = pool.request({ method: 'GET', path: '/', headers: { 'x-bad': 'a\nb' } });
    await expect(refused).rejects.toThrow('invalid x-bad header');
    expect(await ask()).toBe('ok');
    expect({ connections, size: pool.size }).toEqual({ connections: 1, size: 1 });
  });

  it('is free again when a request was given up before it had a connection', async () => {
    await ask();
    const controller = new AbortController();
    const given = pool.request({ method: 'GET', path: '/wait', signal: controller.signal });
    controller.abort();
    await expect(given).rejects.toThrow();
    expect(await ask()).toBe('ok');
    expect(pool.size).toBeLessThanOrEqual(1);
  });

  it('fails what is under way when it is destroyed', async () => {
    const asked = ask('/wait');
    await allWait(1);
    const ended = asked.catch((error: unknown) => String(error));
    await pool.destroy();
    expect(await ended).toContain('The client is destroyed');
  });
});
