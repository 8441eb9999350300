import { createHash, randomUUID } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';

/** The lock that Prisma's own engine takes, so that `prisma migrate deploy` and we wait for each other. */
const MIGRATION_ADVISORY_LOCK = 72_707_369;
const DEFAULT_FOLDER = join(import.meta.dirname, '../migrations');

export interface MigrateOptions {
  databaseUrl: string;
  /** Folder in Prisma's format; default: the one of this package. */
  folder?: string;
  /** For a Postgres that is still starting or whose lock another migration holds; default 60,000. */
  waitMs?: number;
}

interface Migration {
  name: string;
  script: string;
  checksum: string;
}

interface AppliedMigration {
  migration_name: string;
  checksum: string;
  finished_at: Date | null;
}

/**
 * Applies the migrations that the database has not seen, in order of name, and writes them into Prisma's own
 * `_prisma_migrations`, so that `prisma migrate deploy` finds its work done.
 *
 * Each migration and its row commit together: one that is interrupted has left nothing, and one that runs twice, or in
 * two places at once, is applied once. (Prisma's engine cannot do it: through a driver adapter it cuts a script at
 * every semicolon, those inside functions too, and runs the pieces one by one.)
 *
 * @returns names of the migrations that were applied now
 * @throws Error when an applied migration was edited since, or was left half done by another tool
 */
export async function migrate(options: MigrateOptions): Promise<string[]> {
  const migrations = await readMigrations(options.folder ?? DEFAULT_FOLDER);
  const client = new pg.Client({
    connectionString: options.databaseUrl,
    application_name: 'trunkline migrate',
    connectionTimeoutMillis: 5_000,
    lock_timeout: options.waitMs ?? 60_000,
    options: '-c TimeZone=UTC',
  });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_ADVISORY_LOCK]);
    await client.query(MIGRATIONS_TABLE);
    const applied = await readApplied(client);
    const fresh = migrations.filter((migration) => isUnapplied(migration, applied.get(migration.name)));
    for (const migration of fresh) await apply(client, migration);
    return fresh.map((migration) => migration.name);
  } finally {
    await client.end();
  }
}

async function readMigrations(folder: string): Promise<Migration[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names.toSorted().map(async (name) => {
      const script = await readFile(join(folder, name, 'migration.sql'), 'utf8');
      return { name, script, checksum: createHash('sha256').update(script).digest('hex') };
    }),
  );
}

async function readApplied(client: pg.Client): Promise<Map<string, AppliedMigration>> {
  const { rows } = await client.query<AppliedMigration>(
    'SELECT migration_name, checksum, finished_at FROM _prisma_migrations WHERE rolled_back_at IS NULL',
  );
  return new Map(rows.map((row) => [row.migration_name, row]));
}

function isUnapplied(migration: Migration, row: AppliedMigration | undefined): boolean {
  if (!row) return true;
  if (!row.finished_at) {
    throw new Error(
      `Migration ${migration.name} was begun by another tool and not finished. Look at the database, then run ` +
        '`prisma migrate resolve`.',
    );
  }
  if (row.checksum !== migration.checksum) {
    throw new Error(
      `Migration ${migration.name} was edited after it had been applied. Undo the edit; write a new one.`,
    );
  }
  return false;
}

async function apply(client: pg.Client, migration: Migration): Promise<void> {
  await client.query('BEGIN');
  try {
    await client.query(migration.script);
    await client.query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, now(), clock_timestamp(), 1)`,
      [randomUUID(), migration.checksum, migration.name],
    );
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw new Error(`Migration ${migration.name} failed and left nothing behind`, { cause: error });
  }
}

// As Prisma's engine makes it.
const MIGRATIONS_TABLE = `
  CREATE TABLE IF NOT EXISTS _prisma_migrations (
    id                  VARCHAR(36) PRIMARY KEY NOT NULL,
    checksum            VARCHAR(64) NOT NULL,
    finished_at         TIMESTAMPTZ,
    migration_name      VARCHAR(255) NOT NULL,
    logs                TEXT,
    rolled_back_at      TIMESTAMPTZ,
    started_at          TIMESTAMPTZ NOT NULL DEFAULT now(),
    applied_steps_count INTEGER NOT NULL DEFAULT 0
  )`;
