import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '@trunkline/testing';
import pg from 'pg';
import { migrate } from './migrate.js';

const shipped = join(import.meta.dirname, '../migrations');

describe('migrate', () => {
  let database: TestDatabase;
  let client: pg.Client;
  let folder: string;

  beforeEach(async () => {
    database = await createTestDatabase();
    client = new pg.Client({ connectionString: database.url });
    await client.connect();
    folder = await mkdtemp(join(tmpdir(), 'trunkline-migrations-'));
    await cp(shipped, folder, { recursive: true });
  });

  afterEach(async () => {
    await client.end();
    await database.drop();
    await rm(folder, { recursive: true });
  });

  async function addMigration(name: string, script: string): Promise<void> {
    await mkdir(join(folder, name));
    await writeFile(join(folder, name, 'migration.sql'), script);
  }

  async function count(statement: string): Promise<number> {
    const { rows } = await client.query<{ count: string }>(statement);
    return Number(rows[0]?.count);
  }

  it('applies nothing the second time', async () => {
    expect(await migrate({ databaseUrl: database.url, folder })).toEqual([]);
  });

  it('applies a new migration once when many start at the same time', async () => {
    await addMigration('20991231000000_one', 'CREATE TABLE one (id int); INSERT INTO one VALUES (1);');
    const runs = await Promise.all(
      Array.from({ length: 5 }, () => migrate({ databaseUrl: database.url, folder })),
    );
    expect(runs.flat()).toEqual(['20991231000000_one']);
    expect(await count('SELECT count(*) FROM one')).toBe(1);
  });

  it('leaves nothing of a migration that fails, and applies it when it is mended', async () => {
    await addMigration('20991231000000_broken', 'CREATE TABLE half (id int); SELECT 1/0;');
    await expect(migrate({ databaseUrl: database.url, folder })).rejects.toThrow('left nothing behind');
    expect(await count("SELECT count(*) FROM pg_class WHERE relname = 'half'")).toBe(0);
    await writeFile(join(folder, '20991231000000_broken', 'migration.sql'), 'CREATE TABLE half (id int);');
    expect(await migrate({ databaseUrl: database.url, folder })).toEqual(['20991231000000_broken']);
  });

  it('leaves nothing of a migration whose connection is cut, and applies it the next time', async () => {
    await addMigration(
      '20991231000000_slow',
      'CREATE TABLE slow (id int); SELECT pg_advisory_xact_lock(42);',
    );
    await client.query('SELECT pg_advisory_lock(42)');
    const cut = migrate({ databaseUrl: database.url, folder }).then(
      () => 'applied',
      () => 'cut',
    );
    let ended = 0;
    while (ended === 0) {
      ended = await count(
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE query LIKE 'CREATE TABLE slow%' AND datname = current_database()",
      );
    }
    expect(await cut).toBe('cut');
    await client.query('SELECT pg_advisory_unlock(42)');
    expect(await migrate({ databaseUrl: database.url, folder })).toEqual(['20991231000000_slow']);
    expect(await count('SELECT count(*) FROM slow')).toBe(0);
  });

  it('refuses a migration that was edited after it had been applied', async () => {
    const [name = ''] = (
      await client.query<{ migration_name: string }>('SELECT migration_name FROM _prisma_migrations')
    ).rows.map((row) => row.migration_name);
    await writeFile(join(folder, name, 'migration.sql'), '-- other');
    await expect(migrate({ databaseUrl: database.url, folder })).rejects.toThrow(
      `Migration ${name} was edited`,
    );
  });
});

describe("Prisma's own engine", () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  it('finds every migration applied and unedited', async () => {
    const script = join(import.meta.dirname, '../scripts/migration-status.mjs');
    const { stdout } = await promisify(execFile)(process.execPath, [script], {
      env: { ...process.env, DATABASE_URL: database.url },
    });
    expect(JSON.parse(stdout)).toMatchObject({
      hasMigrationsTable: true,
      history: null,
      editedMigrationNames: [],
      failedMigrationNames: [],
    });
  });
});
