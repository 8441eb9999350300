import { rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  createTestDatabase,
  createTestRedis,
  eventually,
  type OwnServer,
  type TestDatabase,
} from '@trunkline/testing';
import pg from 'pg';
import type { GatewayConfig } from '../../src/config/environment.js';
import { BatchPoster } from '../support/post-batches.js';
import { type SeededTenant, seedTenant } from '../support/seed-tenant.js';
import { type MoneyParts, startMoney } from '../support/start-money.js';
import { testGatewayConfig } from '../support/test-gateway-config.js';

const CREDIT = 100_000_000_000n;

let database: TestDatabase;
let redis: OwnServer;
let pool: pg.Pool;
let config: GatewayConfig;
let tenant: SeededTenant;
let poster: BatchPoster;
const started: MoneyParts[] = [];

beforeEach(async () => {
  database = await createTestDatabase();
  redis = await createTestRedis();
  pool = new pg.Pool({ connectionString: database.url, max: 6 });
  pool.on('error', () => undefined);
  tenant = await seedTenant(pool, CREDIT);
  config = await testGatewayConfig({ databaseUrl: database.url, redisUrl: redis.url });
  poster = new BatchPoster(pool, redis.url);
  poster.start();
});
afterEach(async () => {
  for (const money of started.splice(0)) await money.close();
  await poster.stop();
  await pool.end();
  await redis.stop();
  await database.drop();
  await rm(config.node.stateDir, { recursive: true, force: true });
});

async function start(settings = config): Promise<MoneyParts> {
  const money = await startMoney(settings);
  started.push(money);
  return money;
}

async function ledgerCharged(): Promise<bigint> {
  const { rows } = await pool.query<{ charged: string }>(
    'SELECT charged_nano_usd AS charged FROM wallet WHERE id = $1',
    [tenant.walletId],
  );
  return BigInt(rows[0]?.charged ?? -1);
}

/** A process that knows the wallet has an allowance, whatever Redis and Postgres do afterwards. @returns the calls made */
async function meet(money: MoneyParts): Promise<number> {
  await eventually(async () => expect((await money.call(tenant.key, 0n)).kind).toBe('admitted'));
  return 1;
}

/** Redis' totals equal the ledger's, nothing is held, and every record is there once. */
async function expectSettled(money: MoneyParts, charged: bigint, calls: number): Promise<void> {
  await eventually(
    async () => {
      expect(poster.ended.size).toBe(calls);
      expect(await ledgerCharged()).toBe(charged);
      const totals = await money.redis.background.totals(tenant.walletId);
      expect(totals).toMatchObject({ chargedNanoUsd: charged, heldNanoUsd: 0n, openLeases: 0 });
    },
    { everyMs: 100 },
  );
  expect(poster.repeated).toEqual([]);
}

describe('a call', () => {
  it('is in the ledger and in Redis within 2 s, and its hold is gone', async () => {
    const money = await start();
    const times: number[] = [];
    for (let calls = 1; calls <= 5; calls++) {
      const began = performance.now();
      expect(await money.call(tenant.key, 12_345n)).toMatchObject({
        kind: 'admitted',
        outputTokenLimit: null,
      });
      await expectSettled(money, 12_345n * BigInt(calls), calls);
      times.push(performance.now() - began);
    }
    // A busy machine may take longer over some of them.
    expect(Math.min(...times)).toBeLessThan(2_000);
    expect(Math.max(...times)).toBeLessThan(10_000);
    expect([...poster.ended.values()][0]).toMatchObject({ costNanoUsd: '12345', walletId: tenant.walletId });
  });

  it('costs no SQL and one round trip when its wallet is in use', async () => {
    const money = await start();
    await meet(money);
    const statements = async () => {
      const { rows } = await pool.query<{ count: string }>(
        `SELECT sum(xact_commit)::text AS count FROM pg_stat_database WHERE datname = current_database()`,
      );
      return Number(rows[0]?.count);
    };
    const idle = await statements();
    const idleSince = performance.now();
    await sleep(2_100);
    const before = await statements();
    const began = performance.now();
    const { taken } = poster;
    const polled = (before - idle) / (began - idleSince);
    for (let n = 0; n < 1_000; n++) await money.call(tenant.key, 1n);
    await expectSettled(money, 1_000n, 1_001);
    // Polls and batches go on beside the calls, ours among them, for as long as they take; nothing grows with the calls.
    const beside = polled * (performance.now() - began) + (poster.taken - taken);
    expect((await statements()) - before).toBeLessThan(500 + beside);
  });

  it('that was settled twice is recorded once', async () => {
    const money = await start();
    const result = await money.admit(tenant.key);
    if (result.kind !== 'admitted') throw new Error('refused');
    const { endedOf } = await import('../support/records.js');
    const owner = {
      walletId: tenant.walletId,
      organizationId: tenant.organizationId,
      projectId: tenant.projectId,
      keyId: tenant.keyId,
    };
    await money.settlement.settle(result.lease, endedOf(result.callId, 5n, owner));
    await money.settlement.settle(result.lease, endedOf(result.callId, 5n, owner));
    await expectSettled(money, 5n, 1);
  });
});

describe('many calls', () => {
  it('through two processes are charged once each, whatever Redis forgets on the way', async () => {
    const first = await start();
    const second = await start(
      await testGatewayConfig({
        databaseUrl: database.url,
        redisUrl: redis.url,
        stateDir: config.node.stateDir,
        masterKey: config.masterKey,
        slot: 1,
        processes: 2,
      }),
    );
    let charged = 0n;
    let calls = 0;
    const run = async (money: MoneyParts, count: number) => {
      for (let n = 0; n < count; n++) {
        const cost = BigInt(1 + (n % 7));
        if ((await money.call(tenant.key, cost)).kind === 'admitted') {
          charged += cost;
          calls += 1;
        }
        if (n % 10 === 0) await sleep(1);
      }
    };
    const met = (await meet(first)) + (await meet(second));
    const load = Promise.all([run(first, 400), run(second, 400)]);
    await sleep(60);
    const { Redis } = await import('ioredis');
    const other = new Redis(redis.url);
    await other.flushall();
    await load;
    await Promise.all([run(first, 50), run(second, 50)]);
    await expectSettled(first, charged, calls + met);
    expect(calls).toBe(900);
    other.disconnect();
  });

  it('go on while Redis is killed, on the allowance, and come right when it is back', async () => {
    const money = await start();
    let calls = await meet(money);
    for (let n = 0; n < 20; n++) await money.call(tenant.key, 100n);
    await sleep(2_100);
    await money.call(tenant.key, 100n);
    await redis.kill();
    let charged = 2_100n;
    calls += 21;
    for (let n = 0; n < 100; n++) {
      const result = await money.call(tenant.key, 1_000n);
      expect(result.kind).toBe('admitted');
      charged += 1_000n;
      calls += 1;
    }
    await redis.restart();
    await expectSettled(money, charged, calls);
    expect((await money.call(tenant.key, 7n)).kind).toBe('admitted');
    await expectSettled(money, charged + 7n, calls + 1);
  });

  it('are refused with a delay once the allowance is used up, and a frozen Redis costs a call 50 ms at most a few times', async () => {
    const { stateDir } = config.node;
    const urls = { databaseUrl: database.url, redisUrl: redis.url };
    const money = await start(await testGatewayConfig({ ...urls, stateDir, redisWaitMs: 50 }));
    // A call that found Redis slow is not one of a wallet that is known.
    await eventually(async () => expect((await money.call(tenant.key, 100n)).kind).toBe('admitted'));
    await sleep(2_100);
    await eventually(async () => expect((await money.call(tenant.key, 100n)).kind).toBe('admitted'));
    const timed = async (outputNanoUsdPerMillion: bigint) => {
      const began = performance.now();
      const result = await money.admit(tenant.key, { outputNanoUsdPerMillion });
      return { result, ms: performance.now() - began };
    };
    // What this machine takes without our doing.
    const usual: number[] = [];
    for (let n = 0; n < 40; n++) usual.push((await timed(0n)).ms);
    redis.freeze();
    const times: number[] = [];
    let admitted = 0;
    let refused = 0;
    // $0.50 of allowance, but for what calls that found Redis slow have drawn of it; each forecast draws 20 tokens (the
    // length of the last answers) of $0.00098: 25 calls.
    for (let n = 0; n < 40; n++) {
      const { result, ms } = await timed(980_000_000_000n);
      times.push(ms);
      if (result.kind === 'admitted') admitted += 1;
      else {
        refused += 1;
        expect(result).toMatchObject({ reason: 'unavailable' });
        expect(result.retryAfterMs).toBeGreaterThan(0);
      }
    }
    redis.thaw();
    expect([admitted, refused]).toEqual([25, 15]);
    // Most calls ask nobody and take no time.
    const slow = (of: number[]) => of.filter((ms) => ms > 45).length;
    expect(slow(times)).toBeLessThanOrEqual(10 + slow(usual));
    expect(Math.max(...times)).toBeLessThan(1_000 + Math.max(...usual));
  });
});

describe('a process that is lost', () => {
  it('leaves records to its successor, who also closes what had begun', async () => {
    poster.paused = true;
    const first = await start();
    await first.call(tenant.key, 10n);
    const open = await first.admit(tenant.key);
    started.splice(started.indexOf(first), 1);
    await first.close();
    poster.paused = false;
    const second = await start();
    await expectSettled(second, 10n, 2);
    expect(poster.ended.get(open.callId)).toMatchObject({ billingReason: 'gateway_lost', costNanoUsd: '0' });
    expect((await second.call(tenant.key, 5n)).kind).toBe('admitted');
    await expectSettled(second, 15n, 3);
  });

  it('beyond the number of slots is taken over by slot 0', async () => {
    poster.paused = true;
    const settings = {
      databaseUrl: database.url,
      redisUrl: redis.url,
      stateDir: config.node.stateDir,
      masterKey: config.masterKey,
    };
    const third = await start(await testGatewayConfig({ ...settings, slot: 2, processes: 3 }));
    await third.call(tenant.key, 10n);
    started.splice(started.indexOf(third), 1);
    await third.close();
    poster.paused = false;
    const zero = await start(await testGatewayConfig({ ...settings, slot: 0, processes: 1 }));
    await expectSettled(zero, 10n, 1);
  });

  it('keeps its slot from being taken while it lives', async () => {
    await start();
    const { SpoolLock } = await import('../../src/usage/spool/spool-lock.js');
    expect(SpoolLock.take(`${config.node.stateDir}/spool/0`)).toBeNull();
  });
});
