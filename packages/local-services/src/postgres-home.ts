import { spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { postgresPackage } from './postgres-package.js';
import type { OsUser } from './postgres-user.js';
import { ServiceProblem } from './service-problem.js';

/** Where a Postgres finds its programs and keeps its data. */
export interface PostgresHome {
  /** Folder that holds `bin/postgres` and `bin/initdb`. */
  native: string;
  /** Existing folder, below which the cluster lives. */
  folder: string;
}

/** Only root writes here, so nobody can put something else in the way; tried in this order. */
const outsideRoots = ['/var/lib/trunkline', '/opt/trunkline', '/srv/trunkline'];

/**
 * Finds the home of the Postgres whose state belongs to `stateDir`: that folder itself, or, when user `postgres`
 * cannot enter it (root's home, a `mktemp -d`), one outside of its own. Programs are copied there too (60 MB), if he
 * cannot reach those in `node_modules`.
 *
 * @throws ServiceProblem when no folder can be found that the user can enter
 */
export async function postgresHome(stateDir: string, user: OsUser | undefined): Promise<PostgresHome> {
  const { native, version } = await postgresPackage();
  const inside = join(stateDir, 'postgres');
  await mkdir(inside, { recursive: true });
  const home = {
    native:
      user && !canRun(join(native, 'bin', 'postgres'), user)
        ? await copiedNative(native, version, user)
        : native,
    folder: user && !canEnter(inside, user) ? await outsideFolder(stateDir, user) : inside,
  };
  return home;
}

/** Deletes what a state folder's Postgres kept, inside and outside of it. It must have been stopped. */
export async function removePostgresHome(stateDir: string): Promise<void> {
  await rm(join(stateDir, 'postgres'), { recursive: true, force: true });
  const prefix = `data-${await nameOf(stateDir)}-`;
  for (const root of outsideRoots) {
    const names = await readdir(root).catch(() => []);
    for (const name of names.filter((entry) => entry.startsWith(prefix))) {
      await rm(join(root, name), { recursive: true, force: true });
    }
  }
}

/** The folders that Postgres of this state folder, or of an earlier one at the same path, may still run from. */
export async function possibleHomes(stateDir: string): Promise<string[]> {
  const prefix = `data-${await nameOf(stateDir)}-`;
  const found = [join(stateDir, 'postgres')];
  for (const root of outsideRoots) {
    const names = await readdir(root).catch(() => []);
    found.push(...names.filter((entry) => entry.startsWith(prefix)).map((name) => join(root, name)));
  }
  return found;
}

async function outsideFolder(stateDir: string, user: OsUser): Promise<string> {
  // The id keeps a fresh clone at an old one's path from meeting the old one's data, whose keys are gone.
  const folder = join(
    await outsideRoot(user),
    `data-${await nameOf(stateDir)}-${await installationId(stateDir)}`,
  );
  await mkdir(folder, { recursive: true, mode: 0o755 });
  await writeFile(join(folder, 'belongs-to'), `${stateDir}\n`);
  return folder;
}

async function copiedNative(native: string, version: string, user: OsUser): Promise<string> {
  const target = join(await outsideRoot(user), `postgres-${version}-${await nameOf(native)}`);
  if (existsSync(target)) return target;
  const half = `${target}.${process.pid}`;
  await cp(native, half, { recursive: true, verbatimSymlinks: true });
  // Another start may have been faster; its copy is as good.
  await rename(half, target).catch(async (error: unknown) => {
    await rm(half, { recursive: true, force: true });
    if (!existsSync(target)) throw error;
  });
  return target;
}

async function outsideRoot(user: OsUser): Promise<string> {
  for (const root of outsideRoots) {
    const made = await mkdir(root, { recursive: true, mode: 0o755 }).then(
      () => true,
      () => false,
    );
    if (made && canEnter(root, user)) return root;
  }
  throw new ServiceProblem(
    `Postgres runs as user "postgres", who can enter neither this folder nor ${outsideRoots.join(', ')}: move the checkout to a folder that others may enter (chmod o+x), or set DATABASE_URL to a running Postgres.`,
  );
}

async function installationId(stateDir: string): Promise<string> {
  const path = join(stateDir, 'installation');
  const known = await readFile(path, 'utf8').catch(() => '');
  if (known !== '') return known.trim();
  const id = randomBytes(6).toString('hex');
  await writeFile(path, `${id}\n`, { mode: 0o600 });
  return id;
}

async function nameOf(path: string): Promise<string> {
  const real = await realpath(path).catch(() => path);
  return createHash('sha256').update(real).digest('hex').slice(0, 12);
}

// Asked of the system and not read from mode bits, which know nothing of ACLs and mounts.
function canEnter(folder: string, user: OsUser): boolean {
  return (
    spawnSync('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], { ...user, cwd: '/', stdio: 'ignore' }).status === 0
  );
}

function canRun(program: string, user: OsUser): boolean {
  return spawnSync(program, ['--version'], { ...user, cwd: '/', stdio: 'ignore' }).status === 0;
}
