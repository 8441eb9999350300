import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  createPool,
  createPrismaClient,
  inTransaction,
  type PrismaClient,
  type SqlPool,
} from '@trunkline/prisma';
import { createTestDatabase, type TestDatabase } from '@trunkline/testing';
import fc from 'fast-check';

import { uuidv7 } from 'uuidv7';
import { batchOf, endedRecord, newOwner, type Owner } from '../../../test/factories/usage-records.js';
import { grantCredit } from '../billing/index.js';
import { ingestUsageBatch, UsageStore } from './index.js';

let database: TestDatabase;
let pool: SqlPool;
let prisma: PrismaClient;
let store: UsageStore;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool({ databaseUrl: database.url, poolSize: 8, applicationName: 'test' });
  prisma = createPrismaClient({ databaseUrl: database.url, poolSize: 4, applicationName: 'test' });
  store = new UsageStore(pool);
});

afterAll(async () => {
  await prisma.$disconnect();
  await pool.end();
  await database.drop();
});

async function ownerWith(creditNanoUsd: bigint): Promise<Owner> {
  const owner = newOwner();
  await prisma.wallet.create({ data: { id: owner.walletId } });
  if (creditNanoUsd > 0n) await grant(owner.walletId, creditNanoUsd);
  return owner;
}

function grant(walletId: string, amountNanoUsd: bigint, sourceId: string = randomUUID()) {
  return inTransaction(prisma, (tx) =>
    grantCredit(tx, { walletId, amountNanoUsd, sourceId, description: 'test', actorUserId: null }),
  );
}

/** What must hold whatever was posted. */
async function expectBooksToBalance(walletId: string): Promise<{ credited: bigint; charged: bigint }> {
  const { rows } = await pool.query<{
    credited: string;
    charged: string;
    entries: string;
    calls: string;
    all: string;
  }>(
    `SELECT w.credited_nano_usd AS credited, w.charged_nano_usd AS charged,
            (SELECT coalesce(sum(e.amount_nano_usd), 0) FROM ledger_entry e JOIN ledger_account a ON a.id = e.account_id
             WHERE a.wallet_id = w.id) AS entries,
            (SELECT coalesce(sum(c.cost_nano_usd), 0) FROM call c WHERE c.wallet_id = w.id) AS calls,
            (SELECT coalesce(sum(amount_nano_usd), 0) FROM ledger_entry) AS "all"
     FROM wallet w WHERE w.id = $1`,
    [walletId],
  );
  const [row] = rows;
  if (!row) throw new Error('no such wallet');
  const [credited, charged] = [BigInt(row.credited), BigInt(row.charged)];
  expect(BigInt(row.entries)).toBe(credited - charged);
  expect(BigInt(row.calls)).toBe(charged);
  expect(BigInt(row.all)).toBe(0n);
  expect(credited - charged).toBeGreaterThanOrEqual(0n);
  return { credited, charged };
}

async function position(spool: string): Promise<number> {
  return Number((await prisma.spool.findUnique({ where: { id: spool } }))?.position ?? -1);
}

describe('a batch of usage', () => {
  it('becomes calls, attempts, lines, ledger, budgets, rollups and position', async () => {
    const owner = await ownerWith(1_000_000n);
    const spool = randomUUID();
    await prisma.organization.create({ data: { id: owner.organizationId, name: 'A', slug: spool } });
    const budget = await prisma.budget.create({
      data: {
        id: randomUUID(),
        organizationId: owner.organizationId,
        scope: 'organization',
        scopeId: owner.organizationId,
        period: 'day',
        limitNanoUsd: 5n,
      },
    });
    const budgets = [{ id: budget.id, periodStartMs: Date.UTC(2026, 0, 1) }];
    const records = [
      endedRecord(owner, 900n, { budgets }),
      endedRecord(owner, 300n, { budgets, status: 502, modelId: null, providerId: null, firstTokenMs: null }),
    ];
    const begun = {
      kind: 'begun',
      id: uuidv7(),
      ...owner,
      requestedModel: 'm',
      endpoint: 'chat',
      beganMs: 1,
    };
    const ingested = await ingestUsageBatch(store, batchOf(spool, 0, [begun, ...records]));
    expect(ingested).toMatchObject({
      kind: 'committed',
      posted: 2,
      repeated: 0,
      bad: [],
      creditedWalletIds: [],
    });
    expect(await position(spool)).toBe(3);

    const calls = await prisma.call.findMany({
      where: { walletId: owner.walletId },
      orderBy: { spoolNumber: 'asc' },
    });
    expect(calls.map((call) => [call.id, call.spoolNumber, call.costNanoUsd])).toEqual([
      [records[0]?.id, 2n, 900n],
      [records[1]?.id, 3n, 300n],
    ]);
    expect(calls[0]).toMatchObject({
      tags: { team: 'search' },
      dropped: [],
      attemptCount: 1,
      providerCostNanoUsd: 450n,
    });
    const ofCall = { callId: calls[0]?.id ?? '', createdAt: calls[0]?.createdAt ?? new Date(0) };
    expect(await prisma.attempt.findMany({ where: ofCall })).toMatchObject([
      { number: 1, outcome: 'success', committed: true },
    ]);
    expect(await prisma.callLine.findMany({ where: ofCall, orderBy: { number: 'asc' } })).toMatchObject([
      { number: 1, bucket: 'input.text', units: 120n, costNanoUsd: 600n },
      { number: 2, bucket: 'output.text', units: 40n, costNanoUsd: 300n },
    ]);
    expect(await expectBooksToBalance(owner.walletId)).toEqual({ credited: 1_000_000n, charged: 1_200n });
    expect(await prisma.budgetCharge.findMany({ where: { budgetId: budget.id } })).toMatchObject([
      { chargedNanoUsd: 1_200n, walletId: owner.walletId },
    ]);
    const payable = await prisma.ledgerEntry.aggregate({
      where: {
        account: { kind: 'provider_payable', providerId: 'openai' },
        transactionId: { in: calls.map((call) => call.id) },
      },
      _sum: { amountNanoUsd: true },
    });
    expect(payable._sum.amountNanoUsd).toBe(600n);
  });

  it('adds calls of the same 15 minutes to one rollup, batch by batch', async () => {
    const owner = await ownerWith(1_000_000n);
    const spool = randomUUID();
    const failed = { ...endedRecord(owner, 0n).attempts[0], number: 1, outcome: 'timeout', committed: false };
    const second = { ...endedRecord(owner, 0n).attempts[0], number: 2 };
    const record = endedRecord(owner, 300n, { durationMs: 90, firstTokenMs: 7 });
    const rescued = { ...endedRecord(owner, 300n, { durationMs: 130 }), attempts: [failed, second] };
    await ingestUsageBatch(store, batchOf(spool, 0, [record, rescued]));
    await ingestUsageBatch(
      store,
      batchOf(spool, 2, [endedRecord(owner, 400n, { status: 429, durationMs: 200_000, firstTokenMs: null })]),
    );
    const rows = await prisma.usageRollup.findMany({ where: { organizationId: owner.organizationId } });
    const sum = (pick: (row: (typeof rows)[number]) => bigint) =>
      rows.reduce((total, row) => total + pick(row), 0n);
    // The test may run across the end of 15 minutes.
    expect(rows.length).toBeLessThanOrEqual(2);
    expect(sum((row) => row.calls)).toBe(3n);
    expect(sum((row) => row.errors)).toBe(1n);
    expect(sum((row) => row.failedOver)).toBe(1n);
    expect(sum((row) => row.costNanoUsd)).toBe(1_000n);
    expect(sum((row) => row.promptTokens)).toBe(360n);
    expect(sum((row) => row.durationHistogram[24] ?? 0n)).toBe(1n);
    expect(sum((row) => row.durationHistogram.reduce((a, b) => a + b, 0n))).toBe(3n);
    expect(sum((row) => row.firstTokenHistogram.reduce((a, b) => a + b, 0n))).toBe(2n);
    expect(sum((row) => row.firstTokenHistogram[1] ?? 0n)).toBe(1n);
  });

  it('is done when it comes again, and left when batches before it are missing', async () => {
    const owner = await ownerWith(1_000n);
    const spool = randomUUID();
    const [first, second] = [
      batchOf(spool, 0, [endedRecord(owner, 9n)]),
      batchOf(spool, 1, [endedRecord(owner, 9n)]),
    ];
    expect(await ingestUsageBatch(store, second)).toEqual({ kind: 'left' });
    expect(await ingestUsageBatch(store, first)).toMatchObject({ kind: 'committed' });
    expect(await ingestUsageBatch(store, first)).toEqual({ kind: 'done' });
    expect(await ingestUsageBatch(store, second)).toMatchObject({ kind: 'committed' });
    expect(await expectBooksToBalance(owner.walletId)).toMatchObject({ charged: 18n });
  });

  it('takes a call without key (the playground)', async () => {
    const owner = { ...(await ownerWith(1_000n)), keyId: null, memberId: randomUUID() };
    expect(await ingestUsageBatch(store, batchOf(randomUUID(), 0, [endedRecord(owner, 9n)]))).toMatchObject({
      posted: 1,
      bad: [],
    });
  });

  it('notes when a key was last used', async () => {
    const owner = await ownerWith(1_000n);
    const { organizationId, projectId, keyId } = owner;
    await prisma.organization.create({ data: { id: organizationId, name: 'K', slug: organizationId } });
    await prisma.project.create({ data: { id: projectId, organizationId, name: 'P', slug: 'p' } });
    const key = { organizationId, projectId, name: 'K', prefix: 'sk-tl-ab', lastFour: 'abcd' };
    await prisma.apiKey.create({ data: { id: keyId ?? '', ...key, hash: randomBytes(32) } });
    const began = Date.now();
    await ingestUsageBatch(store, batchOf(randomUUID(), 0, [endedRecord(owner, 1n), endedRecord(owner, 1n)]));
    const row = await prisma.apiKey.findUniqueOrThrow({ where: { id: keyId ?? '' } });
    expect(began - (row.lastUsedAt?.getTime() ?? 0)).toBeLessThan(10_000);
  });

  it('makes the partitions of a month that has none', async () => {
    const owner = await ownerWith(1_000n);
    const lastYear = Date.now() - 380 * 24 * 3600 * 1000;
    const head = lastYear.toString(16).padStart(12, '0');
    const id = `${head.slice(0, 8)}-${head.slice(8)}-7000-8000-${uuidv7().slice(-12)}`;
    expect(
      await ingestUsageBatch(store, batchOf(randomUUID(), 0, [endedRecord(owner, 9n, { id })])),
    ).toMatchObject({ posted: 1, bad: [] });
    const call = await prisma.call.findFirst({ where: { id } });
    expect(call?.createdAt.getTime()).toBe(lastYear);
  });

  it('sets bad records aside, each with its reason, and posts the others', async () => {
    const owner = await ownerWith(1_000_000n);
    const spool = randomUUID();
    const good = () => endedRecord(owner, 100n);
    const twice = good();
    const records = [
      good(),
      'no JSON\0',
      { ...good(), costNanoUsd: '1' },
      good(),
      { ...good(), promptTokens: 3_000_000_000 },
      endedRecord(newOwner(), 100n),
      { ...good(), attempts: [twice.attempts[0], twice.attempts[0]] },
      good(),
      { ...good(), status: 42 },
    ];
    const ingested = await ingestUsageBatch(store, batchOf(spool, 0, records));
    expect(ingested).toMatchObject({ kind: 'committed', posted: 3 });
    expect(await position(spool)).toBe(9);
    const aside = await prisma.setAsideRecord.findMany({
      where: { spoolId: spool },
      orderBy: { number: 'asc' },
    });
    expect(aside.map((row) => [Number(row.number), row.error])).toEqual([
      [2, 'not JSON'],
      [3, expect.stringContaining('sum of its lines')],
      [5, expect.stringContaining('out of range')],
      [6, expect.stringContaining('there is no wallet')],
      [7, expect.stringContaining('duplicate key')],
      [9, expect.stringContaining('call_status_check')],
    ]);
    expect(await expectBooksToBalance(owner.walletId)).toMatchObject({ charged: 300n });
  });

  it('gives back what the balance lacks, and tells the gateways', async () => {
    const owner = await ownerWith(100n);
    const before = (await prisma.outbox.aggregate({ _max: { revision: true } }))._max.revision ?? 0n;
    const records = [endedRecord(owner, 70n), endedRecord(owner, 50n), endedRecord(owner, 5n)];
    const ingested = await ingestUsageBatch(store, batchOf(randomUUID(), 0, records));
    expect(ingested).toMatchObject({ creditedWalletIds: [owner.walletId], overrunNanoUsd: 25n });
    expect(await expectBooksToBalance(owner.walletId)).toEqual({ credited: 125n, charged: 125n });
    const last = await prisma.ledgerTransaction.findFirstOrThrow({
      where: { sourceId: records[2]?.id ?? '' },
      include: { entries: true },
    });
    expect(last.entries).toHaveLength(6);
    const wallet = await prisma.wallet.findUniqueOrThrow({ where: { id: owner.walletId } });
    expect(wallet.creditedSequence).toBe(last.sequence);
    const heard = await prisma.outbox.findMany({
      where: { revision: { gt: before } },
      select: { kind: true, entityId: true },
    });
    expect(heard).toEqual([{ kind: 'wallet', entityId: owner.walletId }]);
  });

  it('posts no ledger transaction for a call that cost nobody anything', async () => {
    const owner = await ownerWith(0n);
    const record = endedRecord(owner, 0n, {
      lines: [],
      providerCostNanoUsd: '0',
      billingReason: 'gateway_lost',
    });
    expect(await ingestUsageBatch(store, batchOf(randomUUID(), 0, [record]))).toMatchObject({ posted: 1 });
    expect(await prisma.ledgerTransaction.findFirst({ where: { sourceId: record.id } })).toBeNull();
  });
});

describe('the books', () => {
  const amount = fc.bigInt({ min: 0n, max: 60n });
  const call = fc.record({ wallet: fc.nat(1), cost: amount });
  const step = fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({ do: fc.constant('batch' as const), spool: fc.nat(1), batch: fc.nat(3) }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        do: fc.constant('grant' as const),
        wallet: fc.nat(1),
        source: fc.nat(2),
        amount: fc.bigInt({ min: 1n, max: 90n }),
      }),
    },
  );

  it('balance after any batches in any order, repeated, at the same time, with the same call in several', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(call, { minLength: 1, maxLength: 5 }), { minLength: 8, maxLength: 8 }),
        fc.array(fc.array(step, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 8 }),
        async (contents, rounds) => {
          const owners = [await ownerWith(0n), await ownerWith(0n)];
          const spools = [randomUUID(), randomUUID()];
          const records = contents.map((calls) =>
            calls.map(({ wallet, cost }) => endedRecord(owners[wallet] ?? newOwner(), cost)),
          );
          // The first batch of both spools is the same calls.
          records[4] = records[0] ?? [];
          const batches = spools.map((spool, index) => {
            let from = 0;
            return records.slice(index * 4, index * 4 + 4).map((batch) => {
              const made = batchOf(spool, from, batch);
              from = made.to;
              return made;
            });
          });
          for (const round of rounds) {
            await Promise.all(
              round.map(async (item) => {
                if (item.do === 'grant') {
                  const { walletId } = owners[item.wallet] ?? newOwner();
                  return grant(walletId, item.amount, `${walletId} ${item.source}`);
                }
                const batch = batches[item.spool]?.[item.batch];
                return batch && ingestUsageBatch(store, batch);
              }),
            );
          }
          for (const { walletId } of owners) await expectBooksToBalance(walletId);
          // Whatever was lost on the way is sent again, in order, by its gateway.
          for (const batch of batches.flat()) await ingestUsageBatch(store, batch);
          const expected = new Map(records.flat().map((record) => [record.id, record]));
          for (const { walletId } of owners) {
            const mine = [...expected.values()].filter((record) => record.walletId === walletId);
            const { charged } = await expectBooksToBalance(walletId);
            expect(charged).toBe(mine.reduce((sum, record) => sum + BigInt(record.costNanoUsd), 0n));
            const rollups = await prisma.usageRollup.aggregate({
              where: { organizationId: mine[0]?.organizationId ?? randomUUID() },
              _sum: { calls: true, costNanoUsd: true },
            });
            expect(rollups._sum.calls ?? 0n).toBe(BigInt(mine.length));
            expect(rollups._sum.costNanoUsd ?? 0n).toBe(charged);
          }
        },
      ),
      { numRuns: 20 },
    );
  });
});

describe('a grant', () => {
  it('raises credited with its sequence once per source', async () => {
    const owner = await ownerWith(0n);
    const first = await grant(owner.walletId, 50n, 'same');
    expect(await grant(owner.walletId, 50n, 'same')).toEqual({
      transactionId: first.transactionId,
      created: false,
    });
    const wallet = await prisma.wallet.findUniqueOrThrow({ where: { id: owner.walletId } });
    const posted = await prisma.ledgerTransaction.findUniqueOrThrow({ where: { id: first.transactionId } });
    expect(wallet).toMatchObject({ creditedNanoUsd: 50n, creditedSequence: posted.sequence });
    await expectBooksToBalance(owner.walletId);
  });

  it('is refused when it is not positive or names no wallet', async () => {
    const owner = await ownerWith(0n);
    await expect(grant(owner.walletId, 0n)).rejects.toThrow('positive');
    await expect(grant(randomUUID(), 1n)).rejects.toThrow('there is no wallet');
  });
});
