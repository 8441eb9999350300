import { createServer } from 'node:net';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { endLeftoverPostgres } from './leftover-postgres.js';
import { possibleHomes, removePostgresHome } from './postgres-home.js';
import { processToken } from './process-identity.js';
import type { RunningService } from './running-service.js';
import { startPostgres } from './start-postgres.js';

let stateDir: string;
const running: RunningService[] = [];

async function start(password = 'first', port = 0): Promise<RunningService> {
  const service = await startPostgres({ stateDir, port, password, settings: { fsync: 'off' } });
  running.push(service);
  return service;
}

async function query(url: string, text: string): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await client.query(text);
  } finally {
    await client.end();
  }
}

beforeEach(async () => {
  // mkdtemp makes it 0700: as root, user postgres cannot enter, which is the hard case.
  stateDir = await mkdtemp(join(tmpdir(), 'local-postgres-'));
});

afterEach(async () => {
  await Promise.all(running.splice(0).map((service) => service.stop()));
  for (const home of await possibleHomes(stateDir)) await endLeftoverPostgres(join(home, 'data'));
  await removePostgresHome(stateDir);
  await rm(stateDir, { recursive: true, force: true });
});

describe('startPostgres', () => {
  it('answers below a folder that only its owner can enter, and keeps data from one start to the next', async () => {
    const first = await start();
    await query(first.url, 'create table kept as select 42 as answer');
    await first.stop();
    const second = await start();
    expect((await query(second.url, 'select answer from kept')).rows).toEqual([{ answer: 42 }]);
  });

  it('takes a new password without knowing the old one, and the old one then fails', async () => {
    const first = await start('first');
    await first.stop();
    const second = await start("se'cond");
    await query(second.url, 'select 1');
    const oldPassword = new URL(second.url);
    oldPassword.password = 'first';
    await expect(query(oldPassword.href, 'select 1')).rejects.toMatchObject({ code: '28P01' });
  });

  it('ends a frozen server that a killed run left, and starts on its data', async () => {
    const left = await start();
    process.kill(left.pid, 'SIGSTOP');
    const next = await start();
    expect(processToken(left.pid)).toBeUndefined();
    await query(next.url, 'select 1');
  });

  it('starts after kill -9 of the server, though its lock file stays', async () => {
    const first = await start();
    process.kill(first.pid, 'SIGKILL');
    await first.exited;
    expect((await query((await start()).url, 'select 1')).rowCount).toBe(1);
  });

  it('gives the role no power over the server', async () => {
    const { url } = await start();
    await expect(query(url, "copy (select 1) to program 'true'")).rejects.toThrow(/permission denied/);
  });

  it('names the taken port and the variable', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const address = other.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    await expect(start('first', port)).rejects.toThrow(new RegExp(`Port ${port}.*taken.*POSTGRES_PORT`));
    other.close();
  });
});
