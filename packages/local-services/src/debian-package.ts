import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const stepTimeoutMs = 300_000;

/** A Debian package that was unpacked into a folder and not installed. */
export interface UnpackedPackage {
  /** Folder with the package's files below it, e.g. `usr/bin`. */
  root: string;
  /** `LD_LIBRARY_PATH` for its programs. */
  libraryPath: string;
}

/**
 * Fetches Debian packages and what they need beyond the system, and unpacks them below `folder`, named after the first. The system itself
 * stays as it is: lists and archives have folders of their own, so root is not needed and no service is set up.
 * What is there already is answered at once.
 *
 * @throws when there is no `apt-get` or a package cannot be fetched
 */
export async function unpackDebianPackage(
  names: readonly [string, ...string[]],
  folder: string,
): Promise<UnpackedPackage> {
  const [name] = names;
  const root = join(folder, name);
  if (!existsSync(root)) {
    const work = join(folder, `${name}.${process.pid}`);
    try {
      await unpack(names, work);
      await rename(join(work, 'root'), root).catch((error: unknown) => {
        // Another process has fetched it meanwhile.
        if (!existsSync(root)) throw error;
      });
    } finally {
      await rm(work, { recursive: true, force: true });
    }
  }
  return { root, libraryPath: (await libraryFolders(root)).join(':') };
}

async function unpack(names: readonly string[], work: string): Promise<void> {
  for (const part of ['root', 'lists/partial', 'cache/archives/partial'])
    await mkdir(join(work, part), { recursive: true });
  const options = [
    `Dir::State::lists=${work}/lists`,
    `Dir::Cache=${work}/cache`,
    // Its sandbox user could not write below a private folder.
    'APT::Sandbox::User=root',
    'Debug::NoLocking=1',
    'Acquire::Retries=2',
  ].flatMap((option) => ['-o', option]);
  const apt = (...args: string[]) =>
    run('apt-get', [...options, '-q', ...args], {
      timeout: stepTimeoutMs,
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  await apt('update');
  await apt('install', '--download-only', '--reinstall', '--no-install-recommends', '-y', ...names);
  const archives = (await readdir(join(work, 'cache', 'archives'))).filter((file) => file.endsWith('.deb'));
  for (const archive of archives)
    await run('dpkg', ['-x', join(work, 'cache', 'archives', archive), join(work, 'root')]);
}

async function libraryFolders(root: string): Promise<string[]> {
  const found: string[] = [];
  for (const base of ['lib', 'usr/lib']) {
    if (!existsSync(join(root, base))) continue;
    found.push(join(root, base));
    const entries = await readdir(join(root, base), { withFileTypes: true });
    found.push(
      ...entries
        .filter((entry) => /-linux-gnu/.test(entry.name))
        .map((entry) => join(root, base, entry.name)),
    );
  }
  return found;
}
