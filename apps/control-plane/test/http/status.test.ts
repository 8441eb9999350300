import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type AttemptRecord, BREAKERS_KEY, type EndedRecord, printOpeningFacts } from '@trunkline/contracts';
import type { CatalogModelDetail, FleetHealth, PlatformStatus } from '@trunkline/contracts/control-plane';
import { createPool, type SqlPool } from '@trunkline/prisma';
import { connectRedis, producerRedisOptions } from '@trunkline/queues';
import { createTestRedis, eventually, type OwnServer } from '@trunkline/testing';
import type { Redis } from 'ioredis';
import { ingestUsageBatch, UsageStore } from '../../src/modules/usage/index.js';
import { batchOf, endedRecord, newOwner } from '../factories/usage-records.js';
import { startControlPlane, type TestControlPlane } from '../support/start-control-plane.js';
import type { Visitor } from '../support/visitor.js';

const ENTRY = randomUUID();
const CREDENTIAL = randomUUID();
const MODEL = 'openai/gpt-4o-mini';

let plane: TestControlPlane;
let redisServer: OwnServer;
let redis: Redis;
let pool: SqlPool;
let operator: Visitor;

beforeAll(async () => {
  redisServer = await createTestRedis();
  plane = await startControlPlane({ REDIS_URL: redisServer.url });
  redis = connectRedis(redisServer.url, producerRedisOptions, () => undefined);
  await eventually(() => redis.ping());
  pool = createPool({ databaseUrl: plane.config.database.url, poolSize: 2, applicationName: 'test' });
  operator = plane.visitor();
  const { email } = await operator.signUp('Operator');
  await plane.client.user.update({ where: { email }, data: { role: 'operator' } });
  await plane.client.model.create({
    data: {
      id: MODEL,
      name: 'GPT-4o mini',
      author: 'openai',
      kind: 'chat',
      status: 'active',
      capabilities: {},
    },
  });
  await plane.client.providerEntry.create({
    data: {
      id: ENTRY,
      providerId: 'openai',
      protocol: 'openai',
      baseUrl: 'http://127.0.0.1:1/v1',
      source: 'operator',
      credentials: { create: { id: CREDENTIAL, ciphertext: 'x', hint: 'sk-…9f' } },
    },
  });
});
afterAll(async () => {
  redis.disconnect();
  await pool.end();
  await plane.stop();
  await redisServer.stop();
});

function attempt(number: number, changes: Partial<AttemptRecord>): AttemptRecord {
  const [only] = endedRecord(newOwner(), 0n).attempts;
  if (!only) throw new Error('a record has an attempt');
  return { ...only, number, entryId: ENTRY, committed: false, ...changes };
}

/** Posts calls as a worker would. */
async function post(records: readonly EndedRecord[]): Promise<void> {
  for (const { walletId } of records)
    await plane.client.wallet.upsert({ where: { id: walletId }, create: { id: walletId }, update: {} });
  const batch = batchOf(randomUUID(), 0, records);
  expect(await ingestUsageBatch(new UsageStore(pool), batch)).toMatchObject({ kind: 'committed', bad: [] });
}

describe('the public status', () => {
  it('counts attempts of answered and of failed calls, and of the platform’s own entries alone', async () => {
    const owner = newOwner();
    const failedOver = endedRecord(owner, 0n, {
      stream: true,
      lines: [],
      providerCostNanoUsd: '0',
      attempts: [
        attempt(1, { outcome: 'server_error', firstTokenMs: null }),
        attempt(2, {
          providerId: 'openrouter',
          outcome: 'success',
          firstTokenMs: 400,
          durationMs: 1_400,
          committed: true,
        }),
      ],
    });
    const failed = endedRecord(owner, 0n, {
      status: 502,
      billingReason: 'failed',
      modelId: null,
      providerId: null,
      lines: [],
      providerCostNanoUsd: '0',
      attempts: [
        attempt(1, { outcome: 'timeout', firstTokenMs: null }),
        attempt(2, { outcome: 'rate_limited', firstTokenMs: null }),
        attempt(3, { outcome: 'invalid_request', firstTokenMs: null }),
        attempt(6, { outcome: 'timeout', clock: 'headers', firstTokenMs: null, durationMs: 300 }),
        attempt(4, { outcome: 'timeout', entryId: randomUUID(), providerId: 'somebodys-own' }),
        attempt(5, {
          outcome: 'model_unavailable',
          offerId: 'acme/*@acme',
          modelId: 'acme/made-up',
          providerId: 'acme',
        }),
      ],
    });
    const good = endedRecord(owner, 0n, {
      lines: [],
      providerCostNanoUsd: '0',
      attempts: [attempt(1, { committed: true })],
    });
    await post([failedOver, failed, good]);
    const status = await plane.visitor().get<PlatformStatus>('getStatus');
    expect(status.providers.map(({ providerId }) => providerId)).toEqual(['openai', 'openrouter']);
    const [openai, openrouter] = status.targets;
    // One answered, two down, one refused.
    expect(openai).toMatchObject({
      providerId: 'openai',
      modelId: MODEL,
      modelName: 'GPT-4o mini',
      state: 'down',
      windows: {
        '5m': { uptimePpm: 333_333, errorPpm: 750_000 },
        '1h': { uptimePpm: 333_333 },
        '24h': { uptimePpm: 333_333 },
      },
    });
    expect(openrouter).toMatchObject({
      state: 'quiet',
      windows: { '5m': { uptimePpm: 1_000_000, firstTokenP50Ms: expect.any(Number) } },
    });
    expect(openrouter?.windows['5m']?.firstTokenP50Ms).toBeGreaterThan(300);
    expect(openrouter?.windows['5m']?.firstTokenP50Ms).toBeLessThanOrEqual(400);
    expect(JSON.stringify(status)).not.toContain('somebodys-own');
    expect(JSON.stringify(status)).not.toContain('made-up');
    expect(JSON.stringify(status)).not.toContain('attempts');
  });

  it('tells the same of a model’s offers, once there are enough attempts', async () => {
    const { visitor, organization } = await plane.owner('Reader');
    const params = { organizationId: organization.id, author: 'openai', slug: 'gpt-4o-mini' };
    await plane.client.offer.create({
      data: {
        id: `${MODEL}@openai`,
        modelId: MODEL,
        providerId: 'openai',
        providerModel: 'gpt-4o-mini',
        endpoints: ['chat'],
        billing: 'paygo',
        status: 'active',
      },
    });
    const offer = async () =>
      (await visitor.get<CatalogModelDetail>('getModel', { params })).offers.map(
        ({ errorPpm, firstTokenP50Ms }) => ({ errorPpm, firstTokenP50Ms }),
      );
    expect(await offer()).toEqual([{ errorPpm: null, firstTokenP50Ms: null }]);
    const owner = newOwner();
    const good = () =>
      endedRecord(owner, 0n, {
        stream: true,
        lines: [],
        providerCostNanoUsd: '0',
        attempts: [attempt(1, { firstTokenMs: 90, committed: true })],
      });
    await post(Array.from({ length: 8 }, good));
    const [{ errorPpm, firstTokenP50Ms } = { errorPpm: null, firstTokenP50Ms: null }] = await offer();
    // Of twelve, three had failed before.
    expect(errorPpm).toBe(250_000);
    expect(firstTokenP50Ms).toBeGreaterThan(75);
    expect(firstTokenP50Ms).toBeLessThanOrEqual(100);
  });

  it('is kept for ten seconds, and refuses an address that asks without end', async () => {
    const first = await plane.visitor().call('getStatus');
    expect([first.status, first.headers['cache-control']]).toEqual([200, 'public, max-age=10']);
    const burst = async () => {
      const answers = Array.from({ length: 150 }, () => plane.visitor().call('getStatus'));
      return (await Promise.all(answers)).map(({ status }) => status);
    };
    const statuses = await burst();
    // The minute that is counted may have ended in the middle of them; the next one has not.
    if (!statuses.includes(429)) statuses.push(...(await burst()));
    expect(statuses.filter((status) => status === 200).length).toBeGreaterThan(50);
    expect(statuses).toContain(429);
    expect(statuses.every((status) => status === 200 || status === 429)).toBe(true);
  });
});

describe('the operator’s view of breakers', () => {
  const open = (name: string, facts: Parameters<typeof printOpeningFacts>[0], untilMs: number) =>
    redis.hset(BREAKERS_KEY, name, `${Date.now() - 4_000} ${untilMs} ${printOpeningFacts(facts)}`);
  const facts = { id: 'test', detail: 'server_error', times: 2 };

  it('says what is open, why, since when, and which credential is out', async () => {
    const target = `target:${MODEL}@openai|${ENTRY}|${CREDENTIAL}`;
    await open(target, { ...facts, cause: 'failures_in_row' }, Date.now() - 10);
    await open(
      `credential:${ENTRY}|${CREDENTIAL}`,
      { ...facts, cause: 'credential', detail: 'credential_rejected' },
      Date.now() + 60_000,
    );
    await open('entry:gone', { ...facts, cause: 'outage' }, Date.now() + 60_000);
    await open('target:a|b|c', { ...facts, cause: 'cooling' }, Date.now() - 1_000);
    await redis.hset(BREAKERS_KEY, '#version', 4, '#epoch', 'x', 'target:nonsense', 'what is this');
    const { breakers } = await operator.get<FleetHealth>('getFleetHealth');
    expect(breakers).toHaveLength(3);
    expect(breakers.find(({ scope }) => scope === 'target')).toMatchObject({
      name: target,
      cause: 'failures_in_row',
      detail: 'server_error',
      waitsForProbe: true,
      providerId: 'openai',
      providerName: 'OpenAI',
      offerId: `${MODEL}@openai`,
      credentialHint: 'sk-…9f',
    });
    expect(breakers.find(({ scope }) => scope === 'credential')).toMatchObject({
      cause: 'credential',
      detail: 'credential_rejected',
      waitsForProbe: false,
      credentialHint: 'sk-…9f',
      offerId: null,
    });
    expect(breakers.find(({ scope }) => scope === 'entry')).toMatchObject({
      providerId: null,
      entryId: 'gone',
    });
  });

  it('closes one for all gateways, and writes that down', async () => {
    const name = 'entry:gone';
    expect((await operator.call('closeBreaker', { body: { name } })).status).toBe(204);
    expect(await redis.hexists(BREAKERS_KEY, name)).toBe(0);
    expect(await redis.hget(BREAKERS_KEY, '#version')).toBe('5');
    expect((await operator.call('closeBreaker', { body: { name } })).status).toBe(404);
    expect((await operator.call('closeBreaker', { body: { name: '#version' } })).status).toBe(404);
    expect(await plane.client.auditEvent.count({ where: { action: 'breaker.close', targetId: name } })).toBe(
      1,
    );
  });

  it('is for operators', async () => {
    const { visitor } = await plane.owner('Nobody');
    expect((await visitor.call('getFleetHealth')).status).toBe(403);
    expect((await visitor.call('closeBreaker', { body: { name: 'entry:x' } })).status).toBe(403);
    expect((await plane.visitor().call('getFleetHealth')).status).toBe(401);
  });
});
