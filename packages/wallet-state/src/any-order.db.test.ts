import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestRedis, eventually, type OwnServer } from '@trunkline/testing';
import fc from 'fast-check';
import type { Redis } from 'ioredis';
import {
  connectWalletRedis,
  requestRedisOptions,
  type SettleRecord,
  type WalletSnapshot,
  WalletState,
} from './index.js';
import { walletKeys } from './wallet-keys.js';

/**
 * A model of what surrounds a wallet: two spools with their records, the ledger with what it has confirmed, and the
 * leases that are open. Commands run in any order, repeated, late and against a Redis that forgot.
 */
interface SpoolModel {
  id: string;
  records: SettleRecord[];
  confirmed: number;
}

const SPOOLS = 2;
const spool = fc.nat(SPOOLS - 1);
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('append' as const),
      spool,
      cost: fc.nat(1_000),
      lease: fc.nat(9),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('settle' as const),
      spool,
      from: fc.nat(20),
      count: fc.integer({ min: 1, max: 6 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('confirm' as const),
      spool,
      count: fc.integer({ min: 1, max: 4 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('take' as const), lease: fc.nat(9), cost: fc.nat(500) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('renew' as const),
      lease: fc.nat(9),
      cost: fc.nat(500),
      more: fc.nat(300),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('cancel' as const), lease: fc.nat(9) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('credit' as const), amount: fc.nat(5_000) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('load' as const), late: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('expire' as const), lease: fc.nat(9) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('remember' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('forget' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('flush' as const) }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

class World {
  readonly walletId = randomUUID();
  readonly keys = walletKeys(this.walletId);
  readonly spools: SpoolModel[] = Array.from({ length: SPOOLS }, (_, n) => ({
    id: `spool-${n}`,
    records: [],
    confirmed: 0,
  }));
  credited = 100_000n;
  sequence = 1n;
  private remembered: (Buffer | null)[] | null = null;
  /** Snapshots that were read and not loaded yet. */
  private pending: { snapshot: WalletSnapshot; seenLoadedAtMs: number; seenNowMs: number } | null = null;

  constructor(
    readonly redis: Redis,
    readonly state: WalletState,
  ) {}

  async run(step: Step): Promise<void> {
    switch (step.kind) {
      case 'append':
        return this.append(this.spool(step.spool), BigInt(step.cost), `lease-${step.lease}`);
      case 'settle': {
        const { id, records } = this.spool(step.spool);
        await this.state.settle(this.walletId, id, records.slice(step.from, step.from + step.count));
        return;
      }
      case 'confirm': {
        const model = this.spool(step.spool);
        const next = model.records.filter((record) => record.number > model.confirmed)[step.count - 1];
        if (next) model.confirmed = next.number;
        return;
      }
      case 'take': {
        const cost = BigInt(step.cost);
        await this.state.take(this.walletId, {
          leaseId: `lease-${step.lease}`,
          owner: 'spool-0',
          forecastNanoUsd: cost,
          worstNanoUsd: cost * 3n,
          leastNanoUsd: cost,
          scopes: [{ id: 'k', requestsPerMinute: null, maxConcurrency: 8 }],
          budgets: [{ id: 'b', periodStartMs: 0, limitNanoUsd: 50_000n }],
        });
        return;
      }
      case 'renew': {
        const hold = BigInt(step.cost);
        await this.state.renew(this.walletId, 'spool-0', [
          {
            leaseId: `lease-${step.lease}`,
            holdNanoUsd: hold,
            needNanoUsd: hold + BigInt(step.more),
            wantNanoUsd: hold + BigInt(step.more) * 2n,
            worstNanoUsd: hold,
            scopes: [{ id: 'k' }],
            budgets: [{ id: 'b', periodStartMs: 0, limitNanoUsd: 50_000n }],
          },
        ]);
        return;
      }
      case 'cancel':
        return void (await this.state.cancel(this.walletId, `lease-${step.lease}`));
      case 'credit':
        this.credited += BigInt(step.amount);
        this.sequence += 1n;
        return void (await this.state.credit(this.walletId, this.credited, this.sequence));
      case 'load':
        if (this.pending) await this.state.load(this.walletId, this.pending);
        this.pending = await this.readSnapshot();
        if (!step.late) await this.loadPending();
        return;
      case 'expire':
        await this.redis.zadd(this.keys[2] ?? '', 'XX', '1', `lease-${step.lease}`);
        return void (await this.state.sweep(this.walletId));
      case 'remember':
        this.remembered = await Promise.all(this.keys.map((key) => this.redis.dumpBuffer(key)));
        return;
      case 'forget':
        if (this.remembered) await this.restore(this.remembered);
        return;
      case 'flush':
        return void (await this.redis.del(...this.keys));
    }
  }

  /**
   * What the gateways do about it: bring what was credited of late, send what is unconfirmed, and load where something
   * before it is missing.
   */
  async catchUp(): Promise<void> {
    await this.state.credit(this.walletId, this.credited, this.sequence);
    for (let round = 0; round < 3; round++) {
      for (const model of this.spools) {
        const unconfirmed = model.records.filter((record) => record.number > model.confirmed);
        const answer = await this.state.settle(this.walletId, model.id, unconfirmed);
        const last = model.records.at(-1)?.number ?? 0;
        if (answer.kind === 'settled' && answer.applied >= last) continue;
        this.pending = await this.readSnapshot();
        await this.loadPending();
      }
    }
  }

  /** Charged is the sum of what each spool's number says was applied; held is the sum of the leases. */
  async check(): Promise<void> {
    const totals = await this.state.totals(this.walletId);
    if (!totals) return;
    let charged = 0n;
    for (const model of this.spools) charged += costUpTo(model, totals.applied.get(model.id) ?? 0);
    expect(totals.chargedNanoUsd).toBe(charged);
    expect(totals.budgets.get('b:0')?.chargedNanoUsd ?? 0n).toBe(charged);
    const holds = (await this.redis.hvals(this.keys[1] ?? '')).map((lease) =>
      BigInt(lease.split('|')[0] ?? 0),
    );
    const held = holds.reduce((sum, hold) => sum + hold, 0n);
    expect(totals.heldNanoUsd).toBe(held);
    expect(totals.budgets.get('b:0')?.heldNanoUsd ?? 0n).toBe(held);
    expect(Number((await this.redis.hget(this.keys[4] ?? '', 'k')) ?? 0)).toBe(holds.length);
    expect(await this.redis.zcard(this.keys[2] ?? '')).toBe(holds.length);
  }

  spool(index: number): SpoolModel {
    const model = this.spools[index];
    if (!model) throw new Error('no such spool');
    return model;
  }

  private append(model: SpoolModel, costNanoUsd: bigint, leaseId: string): void {
    const before = model.records.at(-1)?.number ?? 0;
    model.records.push({
      before,
      number: before + 1 + Number(costNanoUsd % 3n),
      costNanoUsd,
      leaseId,
      budgets: [{ id: 'b', periodStartMs: 0 }],
    });
  }

  private async readSnapshot() {
    const seen = await this.state.settle(this.walletId, 'spool-0', []);
    const chargedNanoUsd = this.spools.reduce((sum, model) => sum + costUpTo(model, model.confirmed), 0n);
    return {
      seenLoadedAtMs: seen.kind === 'settled' ? seen.loadedAtMs : 0,
      seenNowMs: seen.nowMs,
      snapshot: {
        creditedNanoUsd: this.credited,
        creditedSequence: this.sequence,
        chargedNanoUsd,
        spools: this.spools.map((model) => ({ id: model.id, position: model.confirmed })),
        budgets: [{ id: 'b', periodStartMs: 0, chargedNanoUsd }],
      },
    };
  }

  private async loadPending(): Promise<void> {
    if (this.pending) await this.state.load(this.walletId, this.pending);
    this.pending = null;
  }

  private async restore(dumps: readonly (Buffer | null)[]): Promise<void> {
    await this.redis.del(...this.keys);
    for (const [n, dump] of dumps.entries()) if (dump) await this.redis.restore(this.keys[n] ?? '', 0, dump);
  }
}

function costUpTo(model: SpoolModel, number: number): bigint {
  return model.records.reduce(
    (sum, record) => (record.number <= number ? sum + record.costNanoUsd : sum),
    0n,
  );
}

describe('a wallet under any interleaving, repetition and loss', () => {
  let server: OwnServer;
  let redis: Redis;

  beforeAll(async () => {
    server = await createTestRedis();
    redis = connectWalletRedis(
      server.url,
      { ...requestRedisOptions, commandTimeout: 20_000, socketTimeout: 20_000 },
      () => undefined,
    );
    await eventually(() => expect(redis.status).toBe('ready'));
  });
  afterAll(async () => {
    redis.disconnect();
    await server.stop();
  });

  it('has charged each record once and holds each lease once, at every moment and in the end', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        const world = new World(redis, new WalletState(redis));
        await world.run({ kind: 'load', late: false });
        for (const each of steps) {
          await world.run(each);
          await world.check();
        }
        await world.catchUp();
        await world.check();
        const totals = await world.state.totals(world.walletId);
        expect(totals?.creditedNanoUsd).toBe(world.credited);
        for (const model of world.spools) {
          expect(totals?.applied.get(model.id) ?? 0).toBeGreaterThanOrEqual(
            model.records.at(-1)?.number ?? 0,
          );
        }
      }),
      { numRuns: 150 },
    );
  }, 300_000);
});
