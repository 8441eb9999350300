import { execFileSync, spawnSync } from 'node:child_process';
import { ServiceProblem } from './service-problem.js';

/** The OS user that Postgres runs as. */
export interface OsUser {
  uid: number;
  gid: number;
}

/**
 * Postgres refuses to run as root, so root runs it as the system's user `postgres`, made here if there is none.
 * Everyone else runs it as himself, which is `undefined`.
 *
 * @throws ServiceProblem when root cannot make that user
 */
export function postgresUser(): OsUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  return idsOf('postgres') ?? createdUser();
}

function createdUser(): OsUser {
  spawnSync('groupadd', ['--system', 'postgres'], { stdio: 'ignore' });
  spawnSync('useradd', ['--system', '--no-create-home', '--gid', 'postgres', 'postgres'], {
    stdio: 'ignore',
  });
  // Alpine has the shorter commands only.
  if (idsOf('postgres') === undefined)
    spawnSync('adduser', ['-S', '-D', '-H', 'postgres'], { stdio: 'ignore' });
  const user = idsOf('postgres');
  if (user === undefined) {
    throw new ServiceProblem(
      'Postgres does not run as root and a system user "postgres" could not be made: run this as an ordinary user, or make that user, or set DATABASE_URL to a running Postgres.',
    );
  }
  return user;
}

function idsOf(name: string): OsUser | undefined {
  try {
    const id = (flag: string) =>
      Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
    return { uid: id('-u'), gid: id('-g') };
  } catch {
    return undefined;
  }
}
