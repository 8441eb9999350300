import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { endLeftoverRedis } from './leftover-redis.js';
import { processToken } from './process-identity.js';
import { pingRedis } from './redis-ping.js';
import { findRedis } from './redis-program.js';
import type { RunningService } from './running-service.js';
import { startRedis } from './start-redis.js';

/** Where the tests keep one that had to be fetched. */
const toolsDir = join(import.meta.dirname, '..', '..', '..', '.trunkline', 'debian');

let stateDir: string;
const running: RunningService[] = [];

async function start(port = 0): Promise<RunningService> {
  const service = await startRedis({ stateDir, port, password: 'secret', toolsDir });
  running.push(service);
  return service;
}

beforeEach(async () => {
  stateDir = await mkdtemp(join(tmpdir(), 'local redis-'));
});

afterEach(async () => {
  await Promise.all(running.splice(0).map((service) => service.stop()));
  await endLeftoverRedis(join(stateDir, 'redis'));
  await rm(stateDir, { recursive: true, force: true });
});

describe('startRedis', () => {
  it('answers only to its password', async () => {
    const { port } = await start();
    expect(await pingRedis(port, 'secret', 1_000)).toBe(true);
    expect(await pingRedis(port, 'guess', 1_000)).toBe(false);
  });

  it('ends a frozen server that a killed run left', async () => {
    const left = await start();
    process.kill(left.pid, 'SIGSTOP');
    const next = await start();
    expect(processToken(left.pid)).toBeUndefined();
    expect(await pingRedis(next.port, 'secret', 1_000)).toBe(true);
  });

  it('names the taken port and the variable', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const address = other.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    await expect(start(port)).rejects.toThrow(new RegExp(`Port ${port}.*taken.*REDIS_PORT`));
    other.close();
  });
});

describe('findRedis', () => {
  it('says what to install when there is none and none can be fetched', async () => {
    const path = process.env['PATH'];
    process.env['PATH'] = '/nowhere';
    try {
      await expect(findRedis(join(stateDir, 'tools'))).rejects.toThrow(
        /Redis 7 or later is missing.*install it with|REDIS_URL/,
      );
    } finally {
      process.env['PATH'] = path;
    }
  });
});
