import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '@trunkline/testing';
import type pg from 'pg';
import { createPrismaClient } from './client.js';
import type { PrismaClient } from './generated/client.js';
import { writeOutbox } from './outbox.js';
import { createPool } from './pool.js';
import { inTransaction } from './transaction.js';

let database: TestDatabase;
let pool: pg.Pool;
let prisma: PrismaClient;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool({ databaseUrl: database.url, poolSize: 4, applicationName: 'test' });
  prisma = createPrismaClient({ databaseUrl: database.url, poolSize: 4, applicationName: 'test' });
});

afterAll(async () => {
  await prisma.$disconnect();
  await pool.end();
  await database.drop();
});

async function platformAccount(kind: 'revenue' | 'promotions'): Promise<string> {
  const { id } = await prisma.ledgerAccount.findFirstOrThrow({ where: { kind }, select: { id: true } });
  return id;
}

async function account(
  kind: string,
  owner: { walletId?: string; providerId?: string } = {},
): Promise<string> {
  const id = randomUUID();
  await pool.query('INSERT INTO ledger_account (id, kind, wallet_id, provider_id) VALUES ($1, $2, $3, $4)', [
    id,
    kind,
    owner.walletId ?? null,
    owner.providerId ?? null,
  ]);
  return id;
}

async function post(
  entries: [accountId: string, amount: bigint][],
  sourceId: string = randomUUID(),
): Promise<string> {
  const id = randomUUID();
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    await client.query("INSERT INTO ledger_transaction (id, kind, source_id) VALUES ($1, 'grant', $2)", [
      id,
      sourceId,
    ]);
    await client.query(
      `INSERT INTO ledger_entry (transaction_id, number, account_id, amount_nano_usd)
       SELECT $1, row_number() OVER (), * FROM unnest($2::uuid[], $3::bigint[])`,
      [id, entries.map(([accountId]) => accountId), entries.map(([, amount]) => amount.toString())],
    );
    await client.query('COMMIT');
    return id;
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  } finally {
    client.release();
  }
}

describe('the ledger', () => {
  let revenue: string;
  let promotions: string;

  beforeAll(async () => {
    revenue = await platformAccount('revenue');
    promotions = await platformAccount('promotions');
  });

  it('takes a transaction whose entries sum to zero', async () => {
    const id = await post([
      [revenue, 5n],
      [promotions, -5n],
    ]);
    const { rowCount } = await pool.query('SELECT FROM ledger_entry WHERE transaction_id = $1', [id]);
    expect(rowCount).toBe(2);
  });

  it('refuses entries that do not sum to zero', async () => {
    await expect(
      post([
        [revenue, 5n],
        [promotions, -4n],
      ]),
    ).rejects.toThrow('do not sum to zero');
  });

  it('refuses a single entry added to a posted transaction', async () => {
    const id = await post([
      [revenue, 1n],
      [promotions, -1n],
    ]);
    await expect(
      pool.query(
        'INSERT INTO ledger_entry (transaction_id, number, account_id, amount_nano_usd) VALUES ($1, 9, $2, 1)',
        [id, revenue],
      ),
    ).rejects.toThrow('do not sum to zero');
  });

  it('refuses a transaction without entries', async () => {
    await expect(post([])).rejects.toThrow('has no entries');
  });

  it('posts a source once per kind', async () => {
    await post(
      [
        [revenue, 2n],
        [promotions, -2n],
      ],
      'the same',
    );
    await expect(
      post(
        [
          [revenue, 2n],
          [promotions, -2n],
        ],
        'the same',
      ),
    ).rejects.toThrow('duplicate key');
  });

  it.each(['ledger_account', 'ledger_transaction', 'ledger_entry'])(
    'refuses update, delete and truncate of %s, for its owner too',
    async (table) => {
      const column = table === 'ledger_entry' ? 'number' : 'id';
      await expect(pool.query(`UPDATE ${table} SET ${column} = ${column}`)).rejects.toThrow('append-only');
      await expect(pool.query(`DELETE FROM ${table} WHERE false`)).rejects.toThrow('append-only');
      await expect(pool.query(`TRUNCATE ${table} CASCADE`)).rejects.toThrow('append-only');
    },
  );

  it('has one account per kind, wallet and provider, nulls included', async () => {
    await expect(account('revenue')).rejects.toThrow('ledger_account_identity');
    await account('provider_cost', { providerId: 'acme' });
    await expect(account('provider_cost', { providerId: 'acme' })).rejects.toThrow('ledger_account_identity');
  });

  it('keeps wallets and providers to the accounts that have them', async () => {
    await expect(account('wallet')).rejects.toThrow('ledger_account_owner_check');
    await expect(account('overrun', { providerId: 'acme' })).rejects.toThrow('ledger_account_owner_check');
  });
});

describe('a wallet', () => {
  it('cannot be charged more than it was credited', async () => {
    const wallet = await prisma.wallet.create({ data: { id: randomUUID(), creditedNanoUsd: 10n } });
    const charge = (amount: bigint) =>
      prisma.wallet.update({ where: { id: wallet.id }, data: { chargedNanoUsd: { increment: amount } } });
    await charge(10n);
    await expect(charge(1n)).rejects.toThrow('wallet_balance_check');
  });

  it('has its account from the start, and cannot be removed for it', async () => {
    const { id } = await prisma.wallet.create({ data: { id: randomUUID() } });
    expect(await prisma.ledgerAccount.count({ where: { kind: 'wallet', walletId: id } })).toBe(1);
    await expect(prisma.wallet.delete({ where: { id } })).rejects.toThrow();
  });
});

describe('the outbox', () => {
  async function outboxKinds(after: bigint): Promise<string[]> {
    const rows = await prisma.outbox.findMany({
      where: { revision: { gt: after } },
      orderBy: { revision: 'asc' },
    });
    return rows.map((row) => `${row.kind} ${row.entityId}`);
  }
  const lastRevision = async () =>
    (await prisma.outbox.aggregate({ _max: { revision: true } }))._max.revision ?? 0n;

  it('hears of organizations, members and bans written by the sign-in library', async () => {
    const before = await lastRevision();
    const [organizationId, memberId, userId] = [randomUUID(), randomUUID(), randomUUID()];
    await prisma.user.create({ data: { id: userId, name: 'A', email: `${userId}@example.com` } });
    await prisma.organization.create({ data: { id: organizationId, name: 'A', slug: organizationId } });
    await prisma.member.create({ data: { id: memberId, organizationId, userId } });
    await prisma.user.update({ where: { id: userId }, data: { name: 'B' } });
    await prisma.user.update({ where: { id: userId }, data: { banned: true } });
    await prisma.organization.delete({ where: { id: organizationId } });
    expect((await outboxKinds(before)).toSorted()).toEqual(
      [
        `organization ${organizationId}`,
        `member ${memberId}`,
        `member ${memberId}`,
        `member ${memberId}`,
        `organization ${organizationId}`,
      ].toSorted(),
    );
  });

  it('shows revisions in the order in which they commit', async () => {
    const order: string[] = [];
    const isWritten = Promise.withResolvers<void>();
    const slow = inTransaction(prisma, async (tx) => {
      const revision = await writeOutbox(tx, 'price', 'slow');
      isWritten.resolve();
      await sleep(150);
      order.push('slow');
      return revision;
    });
    await Promise.race([isWritten.promise, slow]);
    const quick = inTransaction(prisma, async (tx) => {
      const revision = await writeOutbox(tx, 'price', 'quick');
      order.push('quick');
      return revision;
    });
    const [slowRevision, quickRevision] = await Promise.all([slow, quick]);
    expect(order).toEqual(['slow', 'quick']);
    expect(quickRevision).toBeGreaterThan(slowRevision);
  });
});

describe('partitions', () => {
  const partitionsOf = async (table: string) => {
    const { rows } = await pool.query<{ name: string }>(
      'SELECT inhrelid::regclass::text AS name FROM pg_inherits WHERE inhparent = $1::regclass ORDER BY 1',
      [table],
    );
    return rows.map((row) => row.name);
  };

  it('exist for this month and three ahead, with the parent’s indexes, and no default', async () => {
    for (const table of ['call', 'attempt', 'call_line', 'call_body']) {
      const names = await partitionsOf(table);
      expect(names).toHaveLength(4);
      expect(names.every((name) => /_\d{4}_\d{2}$/.test(name))).toBe(true);
      const { rows } = await pool.query<{ same: boolean }>(
        `SELECT (SELECT count(*) FROM pg_index WHERE indrelid = $1::regclass)
              = (SELECT count(*) FROM pg_index WHERE indrelid = $2::regclass) AS same`,
        [table, names[0]],
      );
      expect(rows[0]?.same).toBe(true);
    }
  });

  it('are made for a month that is missing, once, by many at the same time, at any time zone', async () => {
    const client = await pool.connect();
    await client.query("SET TimeZone = 'Pacific/Auckland'");
    const make = () =>
      client.query<{ made: number }>("SELECT ensure_month_partitions('2019-12-31T23:59:59Z', 1) AS made");
    const other = pool.query<{ made: number }>(
      "SELECT ensure_month_partitions('2019-12-01T00:00:00Z', 1) AS made",
    );
    const results = await Promise.all([make(), other]);
    await client.query('RESET TimeZone');
    client.release();
    expect(new Set(results.map((result) => result.rows[0]?.made))).toEqual(new Set([0, 8]));
    expect(await partitionsOf('call')).toEqual(expect.arrayContaining(['call_2019_12', 'call_2020_01']));
    const body = (at: string) =>
      pool.query('INSERT INTO call_body VALUES ($1, $2, 0, $3, 1, $4)', [
        at,
        randomUUID(),
        randomUUID(),
        randomBytes(8),
      ]);
    await body('2019-12-01T00:00:00Z');
    await body('2020-01-31T23:59:59.999Z');
    await expect(body('2020-02-01T00:00:00Z')).rejects.toThrow('no partition');
  });
});

describe('a key', () => {
  it('cannot stand in a project of another organization', async () => {
    const [mine, other] = [randomUUID(), randomUUID()];
    for (const id of [mine, other]) await prisma.organization.create({ data: { id, name: id, slug: id } });
    const project = await prisma.project.create({
      data: { id: randomUUID(), organizationId: other, name: 'P', slug: 'p' },
    });
    await expect(
      prisma.apiKey.create({
        data: {
          id: randomUUID(),
          organizationId: mine,
          projectId: project.id,
          name: 'K',
          hash: randomBytes(32),
          prefix: 'sk-tl-ab',
          lastFour: 'abcd',
        },
      }),
    ).rejects.toThrow();
  });
});

describe('histograms', () => {
  it('are added place by place', async () => {
    const { rows } = await pool.query<{ sum: string[] }>("SELECT add_counts('{1,2,3}', '{10,20,30}') AS sum");
    expect(rows[0]?.sum).toEqual(['11', '22', '33']);
  });
});
