import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createTestRedis, eventually, type OwnServer } from '@trunkline/testing';
import type { Redis } from 'ioredis';
import {
  connectWalletRedis,
  EpochReader,
  requestRedisOptions,
  sweepLeases,
  type TakeCommand,
  type WalletSnapshot,
  WalletState,
} from './index.js';

let server: OwnServer;
let redis: Redis;
let state: WalletState;
let walletId: string;

beforeAll(async () => {
  server = await createTestRedis();
  const patient = { ...requestRedisOptions, commandTimeout: 20_000, socketTimeout: 20_000 };
  redis = connectWalletRedis(server.url, patient, () => undefined);
  state = new WalletState(redis);
  await eventually(() => expect(redis.status).toBe('ready'));
});
afterAll(async () => {
  redis.disconnect();
  await server.stop();
});
beforeEach(() => {
  walletId = randomUUID();
});

const snapshot = (changes: Partial<WalletSnapshot> = {}): WalletSnapshot => ({
  creditedNanoUsd: 1_000n,
  creditedSequence: 1n,
  chargedNanoUsd: 0n,
  spools: [],
  budgets: [],
  ...changes,
});

async function load(changes: Partial<WalletSnapshot> = {}): Promise<void> {
  const seen = await state.settle(walletId, 'x', []);
  const seenLoadedAtMs = seen.kind === 'settled' ? seen.loadedAtMs : 0;
  const answer = await state.load(walletId, {
    snapshot: snapshot(changes),
    seenLoadedAtMs,
    seenNowMs: seen.nowMs,
  });
  expect(answer.kind).toBe('loaded');
}

const take = (changes: Partial<TakeCommand> = {}) =>
  state.take(walletId, {
    leaseId: randomUUID(),
    owner: 'spool-0',
    forecastNanoUsd: 100n,
    worstNanoUsd: 400n,
    leastNanoUsd: 10n,
    scopes: [],
    budgets: [],
    ...changes,
  });

describe('take', () => {
  it('says that a wallet is not loaded', async () => {
    expect(await take()).toMatchObject({ kind: 'not_loaded' });
  });

  it('holds the forecast while the balance pays for the worst case of all that is open', async () => {
    await load();
    expect(await take()).toMatchObject({
      kind: 'admitted',
      holdNanoUsd: 100n,
      freeNanoUsd: 900n,
      cut: false,
    });
    expect(await take()).toMatchObject({
      kind: 'admitted',
      holdNanoUsd: 100n,
      freeNanoUsd: 800n,
      cut: false,
    });
    // Three worst cases are 1,200: from here on the hold is the worst case.
    expect(await take()).toMatchObject({
      kind: 'admitted',
      holdNanoUsd: 400n,
      freeNanoUsd: 400n,
      cut: false,
    });
    expect(await take()).toMatchObject({ kind: 'admitted', holdNanoUsd: 400n, freeNanoUsd: 0n, cut: false });
    expect(await take()).toMatchObject({ kind: 'refused', reason: 'insufficient_credit' });
  });

  it('cuts the worst case to what is free, and refuses below what is worth a dispatch', async () => {
    await load({ creditedNanoUsd: 250n });
    expect(await take()).toMatchObject({
      kind: 'admitted',
      holdNanoUsd: 250n,
      worstNanoUsd: 250n,
      cut: true,
    });
    expect(await take()).toMatchObject({ kind: 'refused', reason: 'insufficient_credit' });
  });

  it('admits what costs nothing on an empty wallet', async () => {
    await load({ creditedNanoUsd: 0n });
    const free = { forecastNanoUsd: 0n, worstNanoUsd: 0n, leastNanoUsd: 0n };
    expect(await take(free)).toMatchObject({ kind: 'admitted', holdNanoUsd: 0n });
  });

  it('holds nothing twice and counts no request twice when it is repeated', async () => {
    await load();
    const scopes = [{ id: 'k', requestsPerMinute: 2, maxConcurrency: 2 }];
    const leaseId = randomUUID();
    const first = await take({ leaseId, scopes });
    expect(await take({ leaseId, scopes })).toMatchObject({
      kind: 'admitted',
      holdNanoUsd: 100n,
      freeNanoUsd: 900n,
    });
    expect(first).toMatchObject({ rate: { limit: 2, remaining: 1 } });
    expect(await take({ scopes })).toMatchObject({ kind: 'admitted', rate: { limit: 2, remaining: 0 } });
  });

  it('refuses above a rate and says when to come back', async () => {
    await load();
    const scopes = [
      { id: 'o', requestsPerMinute: 100, maxConcurrency: null },
      { id: 'k', requestsPerMinute: 3, maxConcurrency: null },
    ];
    const began = performance.now();
    for (let n = 0; n < 3; n++)
      expect(await take({ scopes, forecastNanoUsd: 1n, worstNanoUsd: 1n, leastNanoUsd: 1n })).toMatchObject({
        kind: 'admitted',
      });
    const refused = await take({ scopes });
    expect(refused).toMatchObject({
      kind: 'refused',
      reason: 'rate_limited',
      rate: { limit: 3, remaining: 0 },
    });
    if (refused.kind !== 'refused') throw new Error('admitted');
    expect(refused.retryAfterMs).toBeGreaterThan(19_000 - (performance.now() - began));
    expect(refused.retryAfterMs).toBeLessThanOrEqual(20_000);
  });

  it('refuses everything at a rate of zero', async () => {
    await load();
    expect(await take({ scopes: [{ id: 'k', requestsPerMinute: 0, maxConcurrency: null }] })).toMatchObject({
      kind: 'refused',
      reason: 'rate_limited',
      retryAfterMs: 60_000,
    });
  });

  it('refuses above a concurrency until a lease is gone', async () => {
    await load();
    const scopes = [{ id: 'k', requestsPerMinute: null, maxConcurrency: 1 }];
    const leaseId = randomUUID();
    await take({ leaseId, scopes });
    expect(await take({ scopes })).toMatchObject({ kind: 'refused', reason: 'concurrency_limited' });
    await state.cancel(walletId, leaseId);
    expect(await take({ scopes })).toMatchObject({ kind: 'admitted' });
  });

  it('charges and holds in the period of each budget, and says which one is short', async () => {
    const budget = { id: randomUUID(), periodStartMs: 1_000, limitNanoUsd: 300n };
    await load({ budgets: [{ id: budget.id, periodStartMs: 1_000, chargedNanoUsd: 50n }] });
    expect(await take({ budgets: [budget] })).toMatchObject({
      holdNanoUsd: 250n,
      cut: true,
      budgetsFreeNanoUsd: [0n],
    });
    expect(await take({ budgets: [budget] })).toMatchObject({ kind: 'refused', reason: 'budget_exceeded' });
    expect(await take({ budgets: [{ ...budget, periodStartMs: 2_000 }] })).toMatchObject({
      holdNanoUsd: 300n,
      cut: true,
    });
  });

  it('is exact up to 2^53 nano-USD, and refuses what is beyond', async () => {
    const credited = 9_007_199_254_740_991n;
    await load({ creditedNanoUsd: credited });
    expect(await take({ forecastNanoUsd: 1n, worstNanoUsd: 1n, leastNanoUsd: 1n })).toMatchObject({
      freeNanoUsd: credited - 1n,
    });
    await expect(take({ worstNanoUsd: credited + 1n })).rejects.toThrow(RangeError);
  });
});

describe('renew', () => {
  const renewal = (leaseId: string, hold: bigint, need = hold, want = need) => ({
    leaseId,
    holdNanoUsd: hold,
    needNanoUsd: need,
    wantNanoUsd: want,
    worstNanoUsd: want,
    scopes: [{ id: 'k' }],
    budgets: [],
  });

  it('makes a lease again that is gone, without asking for free money', async () => {
    await load({ creditedNanoUsd: 50n });
    const answer = await state.renew(walletId, 'spool-0', [renewal('a', 80n)]);
    expect(answer).toMatchObject({
      kind: 'renewed',
      freeNanoUsd: -30n,
      leases: [{ holdNanoUsd: 80n, refused: false }],
    });
    await state.renew(walletId, 'spool-0', [renewal('a', 80n)]);
    expect(await state.totals(walletId)).toMatchObject({ heldNanoUsd: 80n, openLeases: 1 });
  });

  it('raises as far as money is free, and refuses below what is needed', async () => {
    await load({ creditedNanoUsd: 150n });
    await take({ leaseId: 'a', forecastNanoUsd: 50n, worstNanoUsd: 50n, leastNanoUsd: 1n });
    expect(await state.renew(walletId, 'spool-0', [renewal('a', 50n, 100n, 500n)])).toMatchObject({
      leases: [{ holdNanoUsd: 150n, refused: false }],
    });
    expect(await state.renew(walletId, 'spool-0', [renewal('a', 150n, 151n)])).toMatchObject({
      leases: [{ holdNanoUsd: 150n, refused: true }],
    });
    expect(await state.totals(walletId)).toMatchObject({ heldNanoUsd: 150n, freeNanoUsd: 0n });
  });
});

describe('settle', () => {
  const record = (before: number, number: number, costNanoUsd: bigint, leaseId = '') => ({
    before,
    number,
    costNanoUsd,
    leaseId,
    budgets: [],
  });

  it('applies each record once and removes its lease, however often it is sent', async () => {
    await load();
    await take({ leaseId: 'a' });
    const records = [record(0, 3, 40n, 'a'), record(3, 9, 2n)];
    expect(await state.settle(walletId, 's', records)).toMatchObject({ applied: 9, freeNanoUsd: 958n });
    expect(await state.settle(walletId, 's', records)).toMatchObject({ applied: 9, freeNanoUsd: 958n });
    expect(await state.totals(walletId)).toMatchObject({
      chargedNanoUsd: 42n,
      heldNanoUsd: 0n,
      openLeases: 0,
    });
  });

  it('stops at a record whose predecessor is missing, and leaves its lease', async () => {
    await load();
    await take({ leaseId: 'b' });
    expect(await state.settle(walletId, 's', [record(0, 1, 1n), record(5, 6, 10n, 'b')])).toMatchObject({
      applied: 1,
    });
    expect(await state.totals(walletId)).toMatchObject({
      chargedNanoUsd: 1n,
      heldNanoUsd: 100n,
      openLeases: 1,
    });
  });

  it('keeps the numbers of spools apart', async () => {
    await load({ spools: [{ id: 's', position: 5 }] });
    expect(await state.settle(walletId, 's', [record(2, 4, 1n), record(4, 6, 10n)])).toMatchObject({
      applied: 6,
    });
    expect(await state.settle(walletId, 't', [record(0, 1, 100n)])).toMatchObject({ applied: 1 });
    expect((await state.totals(walletId))?.chargedNanoUsd).toBe(110n);
  });
});

describe('load and credit', () => {
  it('lets one of two loads win, and none that comes late', async () => {
    const seen = await state.settle(walletId, 's', []);
    const command = { snapshot: snapshot(), seenLoadedAtMs: 0, seenNowMs: seen.nowMs };
    expect((await state.load(walletId, { ...command, seenNowMs: seen.nowMs - 6_000 })).kind).toBe('late');
    expect((await state.load(walletId, command)).kind).toBe('loaded');
    expect((await state.load(walletId, command)).kind).toBe('superseded');
  });

  it('counts the open leases anew', async () => {
    const budget = { id: 'b', periodStartMs: 0, limitNanoUsd: 10_000n };
    await load();
    await take({
      leaseId: 'a',
      scopes: [{ id: 'k', requestsPerMinute: null, maxConcurrency: 2 }],
      budgets: [budget],
    });
    await load({ creditedNanoUsd: 5_000n, chargedNanoUsd: 7n });
    const totals = await state.totals(walletId);
    expect(totals).toMatchObject({
      heldNanoUsd: 100n,
      worstNanoUsd: 400n,
      chargedNanoUsd: 7n,
      freeNanoUsd: 4_893n,
    });
    expect(totals?.budgets.get('b:0')).toEqual({ chargedNanoUsd: 0n, heldNanoUsd: 100n, worstNanoUsd: 400n });
  });

  it('never replaces a newer credit by an older one, be it credited or loaded', async () => {
    await load();
    expect(await state.credit(walletId, 3_000n, 3n)).toBe('credited');
    expect(await state.credit(walletId, 2_000n, 2n)).toBe('older');
    await load({ creditedNanoUsd: 2_000n, creditedSequence: 2n });
    expect((await state.totals(walletId))?.creditedNanoUsd).toBe(3_000n);
    expect(await state.credit(randomUUID(), 1n, 9n)).toBe('not_loaded');
  });
});

describe('sweeping', () => {
  it('releases only what nobody renewed in time, and never charges', async () => {
    await load();
    await take({ leaseId: 'old' });
    await take({ leaseId: 'young' });
    await redis.zadd(`{w:${walletId}}:expiry`, 1, 'old');
    expect(await sweepLeases(redis)).toBe(1);
    expect(await sweepLeases(redis)).toBe(0);
    expect(await state.totals(walletId)).toMatchObject({
      heldNanoUsd: 100n,
      chargedNanoUsd: 0n,
      openLeases: 1,
    });
  });

  it('forgets budget periods that are long over, but no total', async () => {
    await load({
      budgets: [
        { id: 'b', periodStartMs: 1_000, chargedNanoUsd: 1n },
        { id: 'b', periodStartMs: 0, chargedNanoUsd: 2n },
      ],
    });
    await state.sweep(walletId);
    expect([...((await state.totals(walletId))?.budgets.keys() ?? [])]).toEqual(['b:0']);
  });
});

describe('EpochReader', () => {
  it('tells a flushed and a restarted Redis from the one before', async () => {
    const reader = new EpochReader(redis);
    const first = await reader.read();
    expect(await reader.read()).toBe(first);
    await redis.flushall();
    const second = await reader.read();
    expect(second).not.toBe(first);
    await server.kill();
    await server.restart();
    const third = await eventually(() => reader.read());
    expect(third.split('/')[0]).not.toBe(second.split('/')[0]);
    expect(await take()).toMatchObject({ kind: 'not_loaded' });
  });
});
