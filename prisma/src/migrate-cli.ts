import { setTimeout as sleep } from 'node:timers/promises';
import { migrate } from './migrate.js';

const databaseUrl = process.env['DATABASE_URL'];
const STARTING_UP = new Set(['ECONNREFUSED', '57P03']);
const WAIT_MS = 30_000;

async function main(): Promise<void> {
  if (!databaseUrl)
    throw new Error('DATABASE_URL is not set: name the Postgres database that is to be migrated');
  const deadline = Date.now() + WAIT_MS;
  for (;;) {
    try {
      const applied = await migrate({ databaseUrl });
      console.log(applied.length > 0 ? `applied ${applied.join(', ')}` : 'nothing to migrate');
      return;
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : '';
      if (!STARTING_UP.has(code) || Date.now() > deadline) throw error;
      await sleep(250);
    }
  }
}

try {
  await main();
} catch (error) {
  const cause = error instanceof Error && error.cause instanceof Error ? `: ${error.cause.message}` : '';
  console.error(`${error instanceof Error ? error.message : String(error)}${cause}`);
  process.exitCode = 1;
}
