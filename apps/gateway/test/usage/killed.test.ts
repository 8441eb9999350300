import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  createTestDatabase,
  createTestRedis,
  eventually,
  type OwnServer,
  type TestDatabase,
} from '@trunkline/testing';
import { sweepLeases } from '@trunkline/wallet-state';
import { Redis } from 'ioredis';
import pg from 'pg';
import type { GatewayConfig } from '../../src/config/environment.js';
import { BatchPoster } from '../support/post-batches.js';
import { type SeededTenant, seedTenant } from '../support/seed-tenant.js';
import { startMoney } from '../support/start-money.js';
import { testGatewayConfig } from '../support/test-gateway-config.js';

const CLIENTS = 20;

let database: TestDatabase;
let redis: OwnServer;
let pool: pg.Pool;
let config: GatewayConfig;
let tenant: SeededTenant;
let poster: BatchPoster;
let child: ChildProcess | null = null;

beforeEach(async () => {
  database = await createTestDatabase();
  redis = await createTestRedis();
  pool = new pg.Pool({ connectionString: database.url, max: 6 });
  pool.on('error', () => undefined);
  tenant = await seedTenant(pool);
  config = await testGatewayConfig({ databaseUrl: database.url, redisUrl: redis.url });
  poster = new BatchPoster(pool, redis.url);
  poster.start();
});
afterEach(async () => {
  child?.kill('SIGKILL');
  await poster.stop();
  await pool.end();
  await redis.stop();
  await database.drop();
  await rm(config.node.stateDir, { recursive: true, force: true });
});

/** Starts a process that calls, and collects what its clients got whole. */
function startChild(answered: Map<string, bigint>): ChildProcess {
  const here = import.meta.dirname;
  const hooks = join(here, '../support/typescript-hooks.mjs');
  const started = spawn(
    process.execPath,
    ['--import', hooks, '--conditions', '@trunkline/source', join(here, 'calling-child.ts'), tenant.key],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {
        PATH: process.env['PATH'],
        DATABASE_URL: database.url,
        REDIS_URL: redis.url,
        TRUNKLINE_MASTER_KEY: config.masterKey,
        GATEWAY_STATE_DIR: config.node.stateDir,
        GATEWAY_PROCESSES: '1',
        GATEWAY_REDIS_WAIT_MS: '5000',
        LOG_LEVEL: 'silent',
      },
    },
  );
  let rest = '';
  started.stdout?.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const [id = '', cost = '0'] = line.split(' ');
      answered.set(id, BigInt(cost));
    }
  });
  return started;
}

async function answeredMore(answered: Map<string, bigint>, count: number): Promise<void> {
  const target = answered.size + count;
  await eventually(() => expect(answered.size).toBeGreaterThan(target), { timeoutMs: 120_000 });
}

/** As if 30 s had gone by: holds whose process was killed before it could note them are for the sweeper. */
async function expireLeases(): Promise<void> {
  const other = new Redis(redis.url);
  const key = `{w:${tenant.walletId}}:expiry`;
  for (const id of await other.zrange(key, '0', '-1')) await other.zadd(key, 'XX', '1', id);
  await sweepLeases(other);
  other.disconnect();
}

describe('a gateway that is killed under load', () => {
  it('loses no answered call and doubles none, three times in a row, with Redis flushed in between', async () => {
    const answered = new Map<string, bigint>();
    for (let kill = 0; kill < 3; kill++) {
      child = startChild(answered);
      await answeredMore(answered, 400);
      if (kill === 1) {
        const other = new Redis(redis.url);
        await other.flushall();
        other.disconnect();
        await answeredMore(answered, 200);
      }
      await sleep(Math.random() * 50);
      child.kill('SIGKILL');
      await once(child, 'close');
    }
    const money = await startMoney(config);
    try {
      await eventually(
        () => {
          for (const id of answered.keys()) if (!poster.ended.has(id)) throw new Error(`${id} is missing`);
          expect(money.spools.own.openCalls.size).toBe(0);
          expect(money.spools.own.confirmed).toBe(money.spools.own.last);
          // What is confirmed is in Postgres, and with the last of it a moment later in `ended`.
          expect(poster.posting).toBe(0);
        },
        { timeoutMs: 60_000, everyMs: 100 },
      );
      expect(poster.repeated).toEqual([]);
      let charged = 0n;
      let unseen = 0;
      for (const [id, record] of poster.ended) {
        charged += BigInt(record.costNanoUsd);
        const cost = answered.get(id);
        if (cost === undefined) unseen += 1;
        else expect(record.costNanoUsd).toBe(cost.toString());
      }
      // What no client saw whole was under way when a process was killed: at most one call per client and kill.
      expect(unseen).toBeLessThanOrEqual(CLIENTS * 3);
      await expireLeases();
      await eventually(
        async () => {
          const { rows } = await pool.query<{ charged: string }>(
            'SELECT charged_nano_usd AS charged FROM wallet',
          );
          expect(rows[0]?.charged).toBe(charged.toString());
          await money.call(tenant.key, 0n);
          const totals = await money.redis.background.totals(tenant.walletId);
          expect(totals).toMatchObject({ chargedNanoUsd: charged, heldNanoUsd: 0n });
        },
        { timeoutMs: 30_000, everyMs: 300 },
      );
    } finally {
      await money.close();
    }
  }, 600_000);
});
