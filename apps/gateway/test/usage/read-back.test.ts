import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Logger } from '@trunkline/observability';
import { createTestRedis, eventually, type OwnServer } from '@trunkline/testing';
import { type SettleAnswer, WalletState } from '@trunkline/wallet-state';
import { Redis } from 'ioredis';
import { uuidv7 } from 'uuidv7';
import { Allowances } from '../../src/limits/allowances.js';
import type { LeaseBook } from '../../src/limits/lease-book.js';
import type { WalletLoader } from '../../src/limits/wallet-loader.js';
import type { WalletRedis } from '../../src/limits/wallet-redis.js';
import { WalletStandings } from '../../src/limits/wallet-standings.js';
import type { NodeSpools } from '../../src/usage/spool/node-spools.js';
import { Spool, type WrittenRecord } from '../../src/usage/spool/spool.js';
import { DiskSpoolFiles } from '../../src/usage/spool/spool-files.js';
import { WalletSettler } from '../../src/usage/wallet-settler.js';
import { endedOf } from '../support/records.js';

const owner = {
  walletId: uuidv7(),
  organizationId: uuidv7(),
  projectId: uuidv7(),
  keyId: uuidv7(),
};

let server: OwnServer;
let redis: Redis;
let folder: string;

beforeAll(async () => {
  server = await createTestRedis();
  redis = new Redis(server.url);
  folder = await mkdtemp(join(tmpdir(), 'trunkline-read-back-'));
});
afterAll(async () => {
  redis.disconnect();
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Tells when a command was answered, before whoever sent it hears of the answer. */
class ToldState extends WalletState {
  onSettled: ((answer: SettleAnswer) => void) | null = null;

  override async settle(...command: Parameters<WalletState['settle']>): Promise<SettleAnswer> {
    const answer = await super.settle(...command);
    this.onSettled?.(answer);
    return answer;
  }
}

it('a wallet gets every record, also those that are confirmed and removed while they are to be read back', async () => {
  const state = new ToldState(redis);
  const load = async (
    position: number,
    chargedNanoUsd: bigint,
    seen: { loadedAtMs: number; nowMs: number },
  ) =>
    state.load(owner.walletId, {
      snapshot: {
        creditedNanoUsd: 1_000n,
        creditedSequence: 1n,
        chargedNanoUsd,
        spools: [{ id: 'node-0', position }],
        budgets: [],
      },
      seenLoadedAtMs: seen.loadedAtMs,
      seenNowMs: seen.nowMs,
    });
  const loadFirst = async (position: number, chargedNanoUsd: bigint) => {
    const { nowMs } = await state.settle(owner.walletId, 'node-0', []);
    await load(position, chargedNanoUsd, { loadedAtMs: 0, nowMs });
  };

  let heard: (written: readonly WrittenRecord[]) => void = () => undefined;
  let removing: (upTo: number) => void = () => undefined;
  const spool = new Spool({
    id: 'node-0',
    files: new DiskSpoolFiles(folder),
    // Each record stands in a segment of its own.
    segmentBytes: 1,
    onWritten: (written) => heard(written),
    onDisk: () => undefined,
    onRemoving: (upTo) => removing(upTo),
  });
  const settler = new WalletSettler(
    {
      background: state,
      epoch: 'one',
      onHealthy: () => undefined,
      onEpoch: () => undefined,
    } as unknown as WalletRedis,
    // Postgres has what is confirmed: the first four.
    {
      load: async (_walletId: string, seen: { loadedAtMs: number; nowMs: number }) =>
        (await load(4, 10n, seen)).kind !== 'late',
    } as unknown as WalletLoader,
    { allowances: new Allowances() } as unknown as LeaseBook,
    {
      own: spool,
      all: [spool],
      onWritten: (listener: (from: Spool, written: readonly WrittenRecord[]) => void) => {
        heard = (written) => listener(spool, written);
      },
      onRemoving: (listener: (from: Spool, upTo: number) => void) => {
        removing = (upTo) => listener(spool, upTo);
      },
    } as unknown as NodeSpools,
    { debug: () => undefined } as unknown as Logger,
    new WalletStandings(),
  );
  settler.onModuleInit();
  const charged = async () => (await state.totals(owner.walletId))?.chargedNanoUsd;
  try {
    await loadFirst(0, 0n);
    for (const cost of [1n, 2n, 3n, 4n]) await spool.append(endedOf(uuidv7(), cost, owner)).written;
    await eventually(async () => expect(await charged()).toBe(10n));

    // Another Redis, into which somebody put what Postgres knew a moment ago.
    await redis.flushall();
    await loadFirst(1, 1n);
    let isRemoved = false;
    state.onSettled = (answer) => {
      if (isRemoved || answer.kind !== 'settled' || answer.applied !== 1) return;
      isRemoved = true;
      setImmediate(() => spool.confirm(4));
    };
    await spool.append(endedOf(uuidv7(), 5n, owner)).written;
    await eventually(async () => expect(await charged()).toBe(15n));
    expect([isRemoved, spool.firstKept]).toEqual([true, 5]);
  } finally {
    settler.onModuleDestroy();
    await spool.close();
  }
});
