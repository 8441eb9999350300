import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { eventually } from './eventually.js';
import { runVariable, templateDatabase } from './run-variables.js';

/** A database of its own, with the present schema and nothing in it. */
export interface TestDatabase {
  url: string;
  name: string;
  /** Removes it, cutting whoever is still connected. */
  drop(): Promise<void>;
}

/** Copies the migrated template: some 50 ms, and nothing that another file does can be seen in it. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const name = `test_${randomBytes(8).toString('hex')}`;
  const serverUrl = runVariable('postgresUrl');
  await asAdmin(serverUrl, `create database ${name} template ${templateDatabase}`);
  return {
    name,
    url: databaseUrl(serverUrl, name),
    drop: () =>
      // A worker of autovacuum is the superuser's, which we may not cut: it is soon done.
      eventually(() => asAdmin(serverUrl, `drop database if exists ${name} with (force)`)),
  };
}

/** The address of another database on the same server. */
export function databaseUrl(serverUrl: string, name: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}

/** A connection to the server's own database, where others can be made and removed. */
export async function connectAdmin(serverUrl: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: serverUrl, connectionTimeoutMillis: 5_000 });
  await client.connect();
  return client;
}

async function asAdmin(serverUrl: string, statement: string): Promise<void> {
  const client = await connectAdmin(serverUrl);
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
