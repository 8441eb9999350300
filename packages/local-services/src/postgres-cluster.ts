import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PostgresHome } from './postgres-home.js';
import type { OsUser } from './postgres-user.js';
import { requireDiskSpace } from './disk-space.js';
import { explainDiskErrors, ServiceProblem } from './service-problem.js';

/** A cluster that is to exist. */
export interface ClusterOptions {
  home: PostgresHome;
  user: OsUser | undefined;
  /** Name of the one role that can log in, and of its database. */
  role: string;
  password: string;
}

const majorVersion = '18';
// A new cluster takes 40 MB and its first write-ahead segments twice 16.
const newClusterMiB = 256;

/**
 * Makes sure that a cluster exists whose role has exactly this password, and answers its data folder.
 * A half-made one is begun anew; a changed password is set without knowing the old one. No server may run on it.
 *
 * @throws ServiceProblem for a full disk and for data of another major version
 */
export async function ensureCluster(options: ClusterOptions): Promise<string> {
  const data = join(options.home.folder, 'data');
  const passwordMark = join(options.home.folder, 'password.sha256');
  try {
    if (!existsSync(data)) await createCluster(data, options);
    await requireMajorVersion(data);
    const mark = createHash('sha256').update(options.password).digest('hex');
    if ((await readFile(passwordMark, 'utf8').catch(() => '')) !== mark) {
      await runSingleUser(data, options, [
        `ALTER ROLE ${options.role} PASSWORD ${literal(options.password)};`,
      ]);
      await writeFile(passwordMark, mark, { mode: 0o600 });
    }
    return data;
  } catch (error) {
    throw explainDiskErrors(error, options.home.folder);
  }
}

async function createCluster(data: string, options: ClusterOptions): Promise<void> {
  await requireDiskSpace(options.home.folder, newClusterMiB);
  const half = `${data}.new`;
  await rm(half, { recursive: true, force: true });
  await mkdir(half, { mode: 0o700 });
  if (options.user) await chown(half, options.user.uid, options.user.gid);
  await run('initdb', options, [
    `--pgdata=${half}`,
    '--username=postgres',
    '--auth=trust',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--no-instructions',
  ]);
  // The superuser has no password and so no way in; he exists for single-user mode alone.
  await writeFile(join(half, 'pg_hba.conf'), 'host all all 127.0.0.1/32 scram-sha-256\n');
  await runSingleUser(half, options, [
    `CREATE ROLE ${options.role} LOGIN CREATEDB;`,
    `CREATE DATABASE ${options.role} OWNER ${options.role};`,
  ]);
  await rename(half, data);
}

async function requireMajorVersion(data: string): Promise<void> {
  const found = (await readFile(join(data, 'PG_VERSION'), 'utf8')).trim();
  if (found === majorVersion) return;
  throw new ServiceProblem(
    `The data in ${data} were written by Postgres ${found} and this is Postgres ${majorVersion}: dump them with the old version, or start over with "npm run reset".`,
  );
}

async function runSingleUser(data: string, options: ClusterOptions, statements: string[]): Promise<void> {
  const output = await run(
    'postgres',
    options,
    ['--single', '-D', data, 'postgres'],
    `${statements.join('\n')}\n`,
  );
  // Single-user mode goes on after an error and ends with 0.
  const failure = /^.*(ERROR|FATAL|PANIC):.*$/m.exec(output)?.[0];
  if (failure !== undefined) throw new Error(`Postgres refused to set up its role: ${failure}`);
}

function run(
  program: 'initdb' | 'postgres',
  options: ClusterOptions,
  args: string[],
  input = '',
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(join(options.home.native, 'bin', program), args, {
      cwd: '/',
      // `PG…` variables of the caller must not reach the programs.
      env: { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' },
      ...options.user,
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve(output);
      else
        reject(new Error(`${program} failed (${code}): ${output.trim().split('\n').slice(-6).join('\n')}`));
    });
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}

const literal = (text: string) => `'${text.replaceAll("'", "''")}'`;
