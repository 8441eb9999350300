import { rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  createTestDatabase,
  createTestRedis,
  eventually,
  type OwnServer,
  type TestDatabase,
} from '@trunkline/testing';
import { Redis } from 'ioredis';
import pg from 'pg';
import { uuidv7 } from 'uuidv7';
import type { GatewayConfig } from '../../src/config/environment.js';
import type { AdmitInput } from '../../src/pipeline/ports.js';
import { endedOf } from '../support/records.js';
import { changeWithOutbox, type SeededTenant, seedTenant } from '../support/seed-tenant.js';
import { type MoneyParts, startMoney } from '../support/start-money.js';
import { testGatewayConfig } from '../support/test-gateway-config.js';

let database: TestDatabase;
let redis: OwnServer;
let pool: pg.Pool;
let configs: GatewayConfig[];
let first: MoneyParts;
let second: MoneyParts;
let tenant: SeededTenant;

beforeAll(async () => {
  database = await createTestDatabase();
  redis = await createTestRedis();
  pool = new pg.Pool({ connectionString: database.url, max: 4 });
  const base = await testGatewayConfig({ databaseUrl: database.url, redisUrl: redis.url, processes: 2 });
  const other = await testGatewayConfig({
    databaseUrl: database.url,
    redisUrl: redis.url,
    processes: 2,
    slot: 1,
    stateDir: base.node.stateDir,
    masterKey: base.masterKey,
  });
  configs = [base, other];
  first = await startMoney(base);
  second = await startMoney(other);
});
afterAll(async () => {
  await first.close();
  await second.close();
  await pool.end();
  await redis.stop();
  await database.drop();
  await rm(configs[0]?.node.stateDir ?? '', { recursive: true, force: true });
});

const seed = async (creditedNanoUsd?: bigint): Promise<void> => {
  tenant = await seedTenant(pool, creditedNanoUsd);
};
/** The time in which a freshly loaded wallet is served on allowances alone is over. */
const settle = async (): Promise<void> => {
  const admitted = await first.admit(tenant.key, { outputNanoUsdPerMillion: 0n });
  expect(admitted.kind).toBe('admitted');
  if (admitted.kind === 'admitted') await end(first, admitted, 0n);
  await sleep(2_100);
};
/** A change arrives within 2 s, at each process by itself: both have it now. */
async function knownToBoth(principal: Record<string, unknown>): Promise<void> {
  await eventually(async () => {
    for (const money of [first, second]) {
      expect(await money.projections.findKey(tenant.key)).toMatchObject({ kind: 'found', principal });
    }
  });
}

async function end(
  money: MoneyParts,
  call: Awaited<ReturnType<MoneyParts['admit']>>,
  costNanoUsd: bigint,
): Promise<void> {
  if (call.kind !== 'admitted') throw new Error(`refused: ${call.reason}`);
  const { organization, project, key } = call.principal;
  const owner = {
    walletId: organization.walletId,
    organizationId: organization.id,
    projectId: project.id,
    keyId: key?.id ?? '',
  };
  await money.settlement.settle(call.lease, endedOf(call.callId, costNanoUsd, owner, call.lease.budgets));
}
/** Tokens at $0.001 each, at most 2,000; 1,000 of them are the forecast, since there is no history. */
const dear = (): Partial<AdmitInput> => ({
  outputNanoUsdPerMillion: 1_000_000_000_000n,
  outputTokenLimit: 2_000,
  historyKey: uuidv7(),
});

describe('admission', () => {
  beforeEach(() => seed());

  it('counts requests of a key over all processes', async () => {
    await changeWithOutbox(
      pool,
      'api_key',
      tenant.keyId,
      'UPDATE api_key SET requests_per_minute = 5 WHERE id = $1',
      [tenant.keyId],
    );
    await knownToBoth({ key: { limits: { requestsPerMinute: 5 } } });
    const results = [];
    for (let n = 0; n < 8; n++)
      results.push(await (n % 2 ? first : second).admit(tenant.key, { outputNanoUsdPerMillion: 0n }));
    expect(results.map((result) => result.kind)).toEqual([
      ...Array(5).fill('admitted'),
      ...Array(3).fill('refused'),
    ]);
    expect(results[0]).toMatchObject({ limits: { limitRequests: 5, remainingRequests: 4 } });
    expect(results[7]).toMatchObject({
      reason: 'rate_limited',
      limits: { limitRequests: 5, remainingRequests: 0 },
    });
    expect(results[7]?.kind === 'refused' && results[7].retryAfterMs).toBeGreaterThan(10_000);
  });

  it('counts open calls of an organization over all processes, until they are settled', async () => {
    await changeWithOutbox(
      pool,
      'organization',
      tenant.organizationId,
      'UPDATE organization_account SET max_concurrency = 2 WHERE organization_id = $1',
      [tenant.organizationId],
    );
    await knownToBoth({ organization: { limits: { maxConcurrency: 2 } } });
    const one = await first.admit(tenant.key, { outputNanoUsdPerMillion: 0n });
    expect(one.kind).toBe('admitted');
    expect((await second.admit(tenant.key, { outputNanoUsdPerMillion: 0n })).kind).toBe('admitted');
    expect(await second.admit(tenant.key)).toMatchObject({ kind: 'refused', reason: 'concurrency_limited' });
    await end(first, one, 1n);
    await eventually(async () => {
      const again = await second.admit(tenant.key, { outputNanoUsdPerMillion: 0n });
      expect(again.kind).toBe('admitted');
    });
  });
});

describe('a spool that cannot be written', () => {
  it('keeps new calls out, and takes those in that were admitted before', async () => {
    await seed();
    const before = await first.admit(tenant.key, { outputNanoUsdPerMillion: 0n });
    const spool = first.spools.own;
    expect(first.settlement.notReady()).toEqual([]);
    Object.assign(spool, { brokenBy: new Error('no space left on device') });
    expect(await first.admit(tenant.key)).toMatchObject({
      kind: 'refused',
      reason: 'unavailable',
      retryAfterMs: 1_000,
    });
    expect(first.settlement.notReady()).toEqual([expect.stringContaining('no space left')]);
    const began = performance.now();
    await end(first, before, 1n);
    // Shipped from memory.
    expect(performance.now() - began).toBeLessThan(10_000);
    Object.assign(spool, { brokenBy: null });
    expect((await first.admit(tenant.key, { outputNanoUsdPerMillion: 0n })).kind).toBe('admitted');
  });
});

describe('money', () => {
  it('is admitted up to what is free: forecast, then worst case, then a cut limit, then 402', async () => {
    await seed(4_500_000_000n);
    await settle();
    // The worst case is $2. While the balance pays for all worst cases, $1 is held; then $2; then what is left.
    expect(await first.admit(tenant.key, dear())).toMatchObject({ kind: 'admitted', outputTokenLimit: null });
    expect(await second.admit(tenant.key, dear())).toMatchObject({
      kind: 'admitted',
      outputTokenLimit: null,
    });
    expect(await second.admit(tenant.key, dear())).toMatchObject({
      kind: 'admitted',
      outputTokenLimit: null,
    });
    const cut = await first.admit(tenant.key, dear());
    expect(cut).toMatchObject({ kind: 'admitted', outputTokenLimit: 500 });
    expect(await second.admit(tenant.key, dear())).toMatchObject({
      kind: 'refused',
      reason: 'insufficient_credit',
    });
    await end(first, cut, 500_000_000n);
    expect(await second.admit(tenant.key, { ...dear(), outputNanoUsdPerMillion: 0n })).toMatchObject({
      kind: 'admitted',
    });
  });

  it('stays within a budget of project, key or member, and says that it was the budget', async () => {
    await seed();
    for (const [scope, scopeId] of [
      ['project', tenant.projectId],
      ['member', tenant.memberId],
    ] as const) {
      const id = uuidv7();
      await changeWithOutbox(
        pool,
        'budget',
        id,
        `INSERT INTO budget (id, organization_id, scope, scope_id, period, limit_nano_usd) VALUES ($1, $2, $3, $4, 'month', 1500000000)`,
        [id, tenant.organizationId, scope, scopeId],
      );
    }
    await settle();
    const call = await first.admit(tenant.key, dear());
    expect(call).toMatchObject({ kind: 'admitted', outputTokenLimit: 1_500, lease: { budgets: [{}, {}] } });
    expect(await second.admit(tenant.key, dear())).toMatchObject({
      kind: 'refused',
      reason: 'budget_exceeded',
    });
    await end(first, call, 1_400_000_000n);
    await eventually(async () =>
      expect(await second.admit(tenant.key, dear())).toMatchObject({
        kind: 'admitted',
        outputTokenLimit: 100,
      }),
    );
  });

  it('is spendable within 2 s of a top-up', async () => {
    await seed(0n);
    await settle();
    expect(await first.admit(tenant.key, dear())).toMatchObject({
      kind: 'refused',
      reason: 'insufficient_credit',
    });
    const sql = 'UPDATE wallet SET credited_nano_usd = 9000000000, credited_sequence = 2 WHERE id = $1';
    await changeWithOutbox(pool, 'wallet', tenant.walletId, sql, [tenant.walletId]);
    await eventually(async () => expect((await second.admit(tenant.key, dear())).kind).toBe('admitted'), {
      timeoutMs: 2_000,
    });
  });

  it('that was topped up is brought again to a Redis that forgot its last second', async () => {
    await seed(0n);
    await settle();
    const sql = 'UPDATE wallet SET credited_nano_usd = 9000000000, credited_sequence = 2 WHERE id = $1';
    await changeWithOutbox(pool, 'wallet', tenant.walletId, sql, [tenant.walletId]);
    const credited = async () => (await first.redis.background.totals(tenant.walletId))?.creditedNanoUsd;
    await eventually(async () => expect(await credited()).toBe(9_000_000_000n), { timeoutMs: 2_000 });
    const other = new Redis(redis.url);
    await other.hset(`{w:${tenant.walletId}}:wallet`, 'credited', '0', 'creditedSequence', '1');
    await other.del('trunkline:epoch');
    other.disconnect();
    await eventually(async () => expect(await credited()).toBe(9_000_000_000n), { timeoutMs: 4_000 });
  });

  it('that a stream outgrows is raised while it is free, and the stream is told to end when it is not', async () => {
    await seed(4_000_000_000n);
    await settle();
    const call = await first.admit(tenant.key, { ...dear(), outputTokenLimit: 1_000 });
    if (call.kind !== 'admitted') throw new Error('refused');
    let refused = 0;
    call.lease.outgrow(3_000_000_000n, () => (refused += 1));
    await eventually(async () => {
      const totals = await first.redis.background.totals(tenant.walletId);
      expect(totals?.heldNanoUsd).toBe(3_750_000_000n);
    });
    expect(refused).toBe(0);
    call.lease.outgrow(4_100_000_000n, () => (refused += 1));
    await eventually(() => expect(refused).toBe(1));
    await end(first, call, 4_100_000_000n);
  });

  it('of a wallet just loaded is served on the allowance, and a dearer call waits until others have sent theirs', async () => {
    await seed();
    const cheap = await first.admit(tenant.key, { outputTokenLimit: 100 });
    const cheapAtMs = Date.now();
    expect(cheap.kind).toBe('admitted');
    expect((await first.admit(tenant.key, dear())).kind).toBe('admitted');
    const dearAtMs = Date.now();
    const totals = await first.redis.background.totals(tenant.walletId);
    expect(totals).toMatchObject({ openLeases: 2 });
    // By the clock of Redis, which is this machine's.
    expect(cheapAtMs - (totals?.loadedAtMs ?? 0)).toBeLessThan(1_900);
    expect(dearAtMs - (totals?.loadedAtMs ?? 0)).toBeGreaterThanOrEqual(2_000);
  });

  it('is admitted for its first call though Redis was slow once', async () => {
    await seed();
    const config = await testGatewayConfig({
      ...{ databaseUrl: database.url, redisUrl: redis.url, redisWaitMs: 200 },
      ...(configs[0] ? { masterKey: configs[0].masterKey } : {}),
    });
    const impatient = await startMoney(config);
    expect((await impatient.projections.findKey(tenant.key)).kind).toBe('found');
    const other = new Redis(redis.url);
    await other.client('PAUSE', 600, 'ALL');
    other.disconnect();
    const call = await impatient.admit(tenant.key, { outputTokenLimit: 100 });
    expect([call.kind, impatient.redis.healthy]).toEqual(['admitted', true]);
    await end(impatient, call, 0n);
    await impatient.close();
    await rm(config.node.stateDir, { recursive: true, force: true });
  });

  it('is loaded for its first call though Postgres failed once', async () => {
    await seed();
    expect((await first.projections.findKey(tenant.key)).kind).toBe('found');
    await pool.query('ALTER TABLE wallet RENAME TO wallet_away');
    const calling = first.admit(tenant.key, { outputTokenLimit: 100 });
    await sleep(300);
    await pool.query('ALTER TABLE wallet_away RENAME TO wallet');
    expect((await calling).kind).toBe('admitted');
    expect(await first.redis.background.totals(tenant.walletId)).toMatchObject({ openLeases: 1 });
  });

  it('that cannot be loaded is refused within 2 s, or within the time that its call has', async () => {
    await seed();
    expect((await first.projections.findKey(tenant.key)).kind).toBe('found');
    await pool.query('ALTER TABLE wallet RENAME TO wallet_away');
    const refusedAfter = async (untilMs?: number): Promise<number> => {
      const startedMs = Date.now();
      const limit = untilMs === undefined ? {} : { untilMs };
      expect(await first.admit(tenant.key, limit)).toMatchObject({
        ...{ kind: 'refused', reason: 'unavailable', retryAfterMs: 2_000 },
      });
      return Date.now() - startedMs;
    };
    const whole = await refusedAfter();
    const cut = await refusedAfter(Date.now() + 400);
    await pool.query('ALTER TABLE wallet_away RENAME TO wallet');
    expect(whole).toBeGreaterThan(700);
    expect(whole).toBeLessThan(2_500);
    expect(cut).toBeLessThan(700);
  });

  it('in leases is renewed, and made again after a flush', async () => {
    await seed();
    await settle();
    const call = await first.admit(tenant.key, dear());
    const other = new Redis(redis.url);
    await other.flushall();
    other.disconnect();
    await eventually(
      async () => {
        await second.admit(tenant.key, { outputNanoUsdPerMillion: 0n });
        const totals = await first.redis.background.totals(tenant.walletId);
        expect(totals?.heldNanoUsd).toBe(1_000_000_000n);
      },
      { everyMs: 200 },
    );
    await end(first, call, 1n);
  });
});

describe('with Postgres away', () => {
  let away: MoneyParts | null = null;
  afterEach(() => away?.close());

  it('a process that starts from disk admits on what Redis knows', async () => {
    await seed();
    await changeWithOutbox(pool, 'project', tenant.projectId, 'SELECT 1');
    await changeWithOutbox(pool, 'api_key', tenant.keyId, 'SELECT 1');
    await settle();
    const [base] = configs;
    if (!base) throw new Error('no config');
    await eventually(async () => {
      const { readFile } = await import('node:fs/promises');
      expect(await readFile(`${base.node.stateDir}/projections.json`, 'utf8')).toContain(tenant.keyId);
    });
    const settings = await testGatewayConfig({
      databaseUrl: 'postgresql://nobody@127.0.0.1:1/none',
      redisUrl: redis.url,
      stateDir: base.node.stateDir,
      masterKey: base.masterKey,
      slot: 5,
      processes: 6,
    });
    away = await startMoney(settings);
    expect(away.projections.notReady()).toEqual([]);
    expect((await away.call(tenant.key, 3n)).kind).toBe('admitted');
    await eventually(async () => {
      const totals = await first.redis.background.totals(tenant.walletId);
      expect(totals).toMatchObject({ chargedNanoUsd: 3n, heldNanoUsd: 0n });
    });
  });
});
