import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  endLeftoverPostgres,
  endLeftoverRedis,
  findRedis,
  freePorts,
  possibleHomes,
  processToken,
  removePostgresHome,
  startPostgres,
} from '@trunkline/local-services';
import { migrate } from './migrate.js';
import { runVariables, templateDatabase } from './run-variables.js';
import { connectAdmin, databaseUrl } from './test-database.js';

/** The services of one test run. */
export interface TestRun {
  stop(): Promise<void>;
}

const folderPrefix = 'trunkline-test-';

/**
 * Starts what the tests of one run share: a Postgres on a free port with a migrated template database, and a found
 * Redis program. Their addresses reach the test files through the environment. What a killed run left is ended first.
 */
export async function startTestRun(root: string): Promise<TestRun> {
  await endKilledRuns();
  const stateDir = await mkdtemp(join(tmpdir(), folderPrefix));
  await chmod(stateDir, 0o755);
  await writeFile(join(stateDir, 'owner'), `${process.pid} ${processToken(process.pid) ?? ''}`);
  const postgres = await startPostgres({
    stateDir,
    port: await freePorts(1),
    password: randomBytes(16).toString('hex'),
    settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '400' },
  });
  const stop = async () => {
    await postgres.stop();
    await removeRun(stateDir);
  };
  try {
    const admin = await connectAdmin(postgres.url);
    await admin.query(`create database ${templateDatabase}`);
    await admin.end();
    await migrate(root, databaseUrl(postgres.url, templateDatabase));
    const redisProgram = await findRedis(join(root, '.trunkline', 'debian'), (line) =>
      process.stderr.write(`${line}\n`),
    );
    Object.assign(process.env, {
      [runVariables.root]: root,
      [runVariables.stateDir]: stateDir,
      [runVariables.postgresUrl]: postgres.url,
      [runVariables.redisProgram]: JSON.stringify(redisProgram),
    });
    return { stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function endKilledRuns(): Promise<void> {
  const names = await readdir(tmpdir());
  for (const name of names.filter((entry) => entry.startsWith(folderPrefix))) {
    const stateDir = join(tmpdir(), name);
    const [pid, ...token] = (await readFile(join(stateDir, 'owner'), 'utf8').catch(() => '')).split(' ');
    // A folder without an owner yet is being made right now by another run.
    if (!pid || processToken(Number(pid)) === token.join(' ')) continue;
    await removeRun(stateDir);
  }
}

// Test files put servers of their own below it, one folder each, and may forget or fail to stop them.
async function removeRun(stateDir: string): Promise<void> {
  const entries = await readdir(stateDir).catch(() => []);
  const own = entries.filter((name) => /^(redis|postgres)-/.test(name)).map((name) => join(stateDir, name));
  for (const folder of [...own, stateDir]) {
    await endLeftoverRedis(join(folder, 'redis'));
    for (const home of await possibleHomes(folder)) await endLeftoverPostgres(join(home, 'data'));
    await removePostgresHome(folder);
  }
  await rm(stateDir, { recursive: true, force: true });
}
