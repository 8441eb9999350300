import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { freePorts } from './free-ports.js';
import { endLeftoverPostgres, postgresStop } from './leftover-postgres.js';
import { ensureCluster } from './postgres-cluster.js';
import { possibleHomes, postgresHome } from './postgres-home.js';
import { postgresUser } from './postgres-user.js';
import { requireFreePort } from './ports.js';
import type { RunningService } from './running-service.js';
import { explainDiskErrors, ServiceProblem } from './service-problem.js';
import { logTail, spawnService } from './service-process.js';

/** What a Postgres is to be like. */
export interface PostgresOptions {
  /** Folder that the state belongs to. When user `postgres` cannot enter it, data go to one outside, bound to this one. */
  stateDir: string;
  /** Port on 127.0.0.1; 0 takes a free one. */
  port: number;
  password: string;
  /** Role and database; default `trunkline`. */
  role?: string;
  /** Default `<stateDir>/logs/postgres.log`. */
  logFile?: string;
  /** Server settings beside ours, e.g. `{ fsync: 'off' }` for a test run whose data nobody will miss. */
  settings?: Record<string, string>;
  /** How long recovery after a crash may take; default 5 minutes. */
  startTimeoutMs?: number;
}

const ownSettings = {
  listen_addresses: '127.0.0.1',
  // TCP alone: a socket's path is bounded at 107 bytes, which a deep checkout exceeds.
  unix_socket_directories: '',
  max_connections: '200',
  password_encryption: 'scram-sha-256',
  timezone: 'UTC',
};

/**
 * Starts a Postgres 18 and resolves when it answers. Makes its cluster on the first call, ends what an earlier
 * killed run left on the same data, and finds a folder that Postgres can enter.
 *
 * @throws ServiceProblem with what the reader can do: port taken, disk full, folder that cannot be entered, other version
 */
export async function startPostgres(options: PostgresOptions): Promise<RunningService> {
  const user = postgresUser();
  const role = options.role ?? 'trunkline';
  const logFile = options.logFile ?? join(options.stateDir, 'logs', 'postgres.log');
  const home = await postgresHome(options.stateDir, user);
  for (const folder of await possibleHomes(options.stateDir)) await endLeftoverPostgres(join(folder, 'data'));
  const dataDir = await ensureCluster({ home, user, role, password: options.password });
  const port = options.port === 0 ? await freePorts(1) : options.port;
  await requireFreePort('database', port, 'POSTGRES_PORT');

  const settings = Object.entries({ ...ownSettings, ...options.settings, port: String(port) });
  const server = await spawnService({
    command: join(home.native, 'bin', 'postgres'),
    args: ['-D', dataDir, ...settings.flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    cwd: home.folder,
    env: { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' },
    logFile,
    user,
    stop: postgresStop,
  });
  const url = `postgresql://${role}:${encodeURIComponent(options.password)}@127.0.0.1:${port}/${role}`;
  try {
    await answers(url, server.exited, options.startTimeoutMs ?? 300_000);
  } catch (error) {
    await server.stop();
    const tail = logTail(logFile);
    const explained = explainDiskErrors(new Error(tail), dataDir);
    if (explained instanceof ServiceProblem) throw explained;
    throw new ServiceProblem(`Postgres did not start: its log ${logFile} ends with:\n${tail}`, {
      cause: error,
    });
  }
  return { ...server, url, port };
}

async function answers(url: string, exited: Promise<unknown>, timeoutMs: number): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  let gone = false;
  void exited.then(() => (gone = true));
  for (;;) {
    const client = new pg.Client({
      connectionString: url,
      connectionTimeoutMillis: 2_000,
      query_timeout: 2_000,
    });
    // A server that ends while we ask says so here too; unheard it would end us.
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.query('select 1');
      return;
    } catch (error) {
      if (gone) throw new Error('the server ended while starting', { cause: error });
      if (performance.now() > deadline) throw error;
    } finally {
      await client.end().catch(() => undefined);
    }
    await sleep(50);
  }
}
