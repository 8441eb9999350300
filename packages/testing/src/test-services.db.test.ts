import { afterEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { eventually } from './eventually.js';
import { startProcess } from './start-process.js';
import { createTestDatabase, type TestDatabase } from './test-database.js';
import { createTestRedis } from './test-redis.js';

const databases: TestDatabase[] = [];
afterEach(() => Promise.all(databases.splice(0).map((database) => database.drop())));

async function database(): Promise<TestDatabase> {
  const made = await createTestDatabase();
  databases.push(made);
  return made;
}

async function query(url: string, text: string): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await client.query(text);
  } finally {
    await client.end();
  }
}

describe('createTestDatabase', () => {
  it('gives each caller the migrated schema, and nothing of what another did', async () => {
    const [first, second] = await Promise.all([database(), database()]);
    await query(first.url, 'create table mine (id int)');
    const tables = await query(
      second.url,
      "select table_name from information_schema.tables where table_schema = 'public'",
    );
    const names = tables.rows.map((row: { table_name: string }) => row.table_name);
    expect(names).toContain('wallet');
    expect(names).not.toContain('mine');
  });
});

describe('createTestRedis', () => {
  it('comes back at the same address with its data after a kill', async () => {
    const redis = await createTestRedis();
    try {
      const before = redis.pid;
      await redis.kill();
      await redis.restart();
      expect(redis.pid).not.toBe(before);
      expect(new URL(redis.url).port).toBe(String(redis.port));
    } finally {
      await redis.stop();
    }
  });
});

describe('startProcess', () => {
  it('gives a process its own environment and nothing of ours', async () => {
    process.env['SECRET_OF_THE_CALLER'] = 'x';
    const started = await startProcess({
      args: ['-p', 'JSON.stringify(Object.keys(process.env).sort())'],
      env: { MINE: '1' },
    });
    await started.exited;
    delete process.env['SECRET_OF_THE_CALLER'];
    expect(started.output()).toMatch(/"MINE"/);
    expect(started.output()).not.toContain('SECRET_OF_THE_CALLER');
  });

  it('says what a process printed that ended before it was ready', async () => {
    const start = startProcess({
      args: ['-e', "console.error('no port'); process.exit(3)"],
      env: {},
      readyUrl: 'http://127.0.0.1:9/readyz',
    });
    await expect(start).rejects.toThrow(/is not ready; it printed:\nno port/);
  });
});

describe('eventually', () => {
  it('answers the first answer, and throws the last failure when time is over', async () => {
    let tries = 0;
    const third = () => {
      tries += 1;
      if (tries < 3) throw new Error(`try ${tries}`);
      return tries;
    };
    expect(await eventually(third)).toBe(3);
    await expect(eventually(() => Promise.reject(new Error('never')), { timeoutMs: 60 })).rejects.toThrow(
      'never',
    );
  });
});
