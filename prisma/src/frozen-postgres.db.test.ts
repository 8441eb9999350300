import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestPostgres, eventually } from '@trunkline/testing';
import type pg from 'pg';
import { createPrismaClient } from './client.js';
import type { PrismaClient } from './generated/client.js';
import { createPool } from './pool.js';
import { inTransaction } from './transaction.js';

const TIMEOUT_MS = 1_000;
/** A time-out or four of them and a machine with too much to do; without any, it would be for ever. */
const LONGEST_MS = 15_000;

describe('while Postgres is frozen', () => {
  let server: Awaited<ReturnType<typeof createTestPostgres>>;
  let pool: pg.Pool;
  let prisma: PrismaClient;

  beforeAll(async () => {
    server = await createTestPostgres();
    const options = { databaseUrl: server.url, poolSize: 1, applicationName: 'test', timeoutMs: TIMEOUT_MS };
    pool = createPool(options);
    prisma = createPrismaClient(options);
  });

  afterAll(async () => {
    await prisma.$disconnect();
    await pool.end();
    await server.stop();
  });

  async function elapsedMs(work: Promise<unknown>): Promise<number> {
    const start = performance.now();
    await expect(work).rejects.toThrow();
    return performance.now() - start;
  }

  async function cutTransaction(): Promise<void> {
    await inTransaction(prisma, async (tx) => {
      await tx.pricePlan.create({ data: { id: 'half', name: 'half' } });
      server.freeze();
      await tx.pricePlan.create({ data: { id: 'never', name: 'never' } });
    });
  }

  it('every wait ends', async () => {
    await pool.query('SELECT 1');
    try {
      expect(await elapsedMs(cutTransaction())).toBeLessThan(LONGEST_MS);
      expect(await elapsedMs(pool.query('SELECT 1'))).toBeLessThan(LONGEST_MS);
      expect(await elapsedMs(prisma.$queryRaw`SELECT 1`)).toBeLessThan(LONGEST_MS);
      expect(await elapsedMs(pool.connect())).toBeLessThan(LONGEST_MS);
    } finally {
      server.thaw();
    }
    // A busy machine may need longer for a new connection than is waited for here.
    await eventually(() => prisma.$queryRaw`SELECT 1`);
  });

  it('a transaction that was cut is nobody else’s afterwards', async () => {
    await expect(cutTransaction()).rejects.toThrow();
    server.thaw();
    for (const id of ['a', 'b', 'c']) {
      const row = { id, name: id };
      await eventually(() => prisma.pricePlan.upsert({ where: { id }, create: row, update: row }));
    }
    const { rows } = await eventually(() =>
      pool.query<{ id: string }>('SELECT id FROM price_plan ORDER BY id'),
    );
    expect(rows.map((row) => row.id)).toEqual(['a', 'b', 'c']);
  });
});
