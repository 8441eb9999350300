import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestRedis, eventually, type OwnServer } from '@trunkline/testing';
import type { Redis } from 'ioredis';
import { connectWalletRedis, requestRedisOptions, WalletState } from './index.js';

describe("the request path's connection", () => {
  let server: OwnServer;
  let redis: Redis;
  let state: WalletState;
  const look = () => state.settle(randomUUID(), 's', []);

  beforeAll(async () => {
    server = await createTestRedis();
    redis = connectWalletRedis(server.url, requestRedisOptions, () => undefined);
    state = new WalletState(redis);
    await eventually(look);
  });
  afterAll(async () => {
    redis.disconnect();
    await server.stop();
  });

  it('fails soon while Redis is frozen, keeps nothing waiting, and works again when it is thawed after long', async () => {
    server.freeze();
    for (let n = 0; n < 10; n++) {
      const began = performance.now();
      await expect(look()).rejects.toThrow();
      expect(performance.now() - began).toBeLessThan(5_000);
      await sleep(400);
    }
    server.thaw();
    await eventually(look);
  });

  it('fails at once while Redis is gone, and works again when it is back', async () => {
    await server.kill();
    await eventually(() => expect(redis.status).not.toBe('ready'));
    const began = performance.now();
    for (let n = 0; n < 100; n++) await expect(look()).rejects.toThrow();
    expect(performance.now() - began).toBeLessThan(5_000);
    await server.restart();
    await eventually(look);
  });
});
