import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { freePorts, startRedis, type RedisProgram } from '@trunkline/local-services';
import { ownServer, type OwnServer } from './outage.js';
import { runVariable } from './run-variables.js';

/**
 * Starts an empty Redis for one test file (some 70 ms). It is a server and not a numbered database, since channels
 * know no databases and a test may want to kill it. Stop it when done.
 */
export async function createTestRedis(): Promise<OwnServer> {
  const stateDir = join(runVariable('stateDir'), `redis-${randomBytes(8).toString('hex')}`);
  const password = randomBytes(16).toString('hex');
  // The set-up of the same run wrote it.
  const program = JSON.parse(runVariable('redisProgram')) as RedisProgram;
  const port = await freePorts(1);
  return ownServer(() => startRedis({ stateDir, port, password, program }));
}
