import { randomBytes } from 'node:crypto';
import { chmod, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { freePorts, startPostgres } from '@trunkline/local-services';
import { migrate } from './migrate.js';
import { ownServer, type OwnServer } from './outage.js';
import { runVariable } from './run-variables.js';

/**
 * Starts a migrated Postgres of the test's own (some 2 s), to be frozen or killed. Where nothing is to break,
 * `createTestDatabase` is faster. Stop it when done.
 */
export async function createTestPostgres(): Promise<OwnServer> {
  const stateDir = join(runVariable('stateDir'), `postgres-${randomBytes(8).toString('hex')}`);
  await mkdir(stateDir);
  await chmod(stateDir, 0o755);
  const password = randomBytes(16).toString('hex');
  const port = await freePorts(1);
  const server = await ownServer(() => startPostgres({ stateDir, port, password }));
  await migrate(runVariable('root'), server.url);
  return server;
}
