import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { endProcess, type StopStep } from './end-process.js';
import { commandLine, processToken } from './process-identity.js';
import { ServiceProblem } from './service-problem.js';

/** Fast shutdown (sessions are cut, data is safe), then immediate (recovery at the next start), then the axe. */
export const postgresStop: readonly StopStep[] = [
  { signal: 'SIGINT', waitMs: 20_000 },
  { signal: 'SIGQUIT', waitMs: 5_000 },
  { signal: 'SIGKILL', waitMs: 5_000 },
];

/**
 * Ends a Postgres that still runs on this data folder, left by someone who was killed. A `postmaster.pid` whose pid
 * now belongs to another process is removed, since Postgres would take that one for a running server.
 *
 * @throws ServiceProblem when it cannot be ended
 */
export async function endLeftoverPostgres(dataDir: string): Promise<void> {
  const lockFile = join(dataDir, 'postmaster.pid');
  if (!existsSync(lockFile)) return;
  const pid = Number((await readFile(lockFile, 'utf8')).split('\n')[0]);
  const token = Number.isSafeInteger(pid) && pid > 1 ? processToken(pid) : undefined;
  if (token !== undefined && commandLine(pid).includes(dataDir)) {
    if (!(await endProcess(pid, token, postgresStop))) {
      throw new ServiceProblem(
        `An earlier Postgres (process ${pid}) on ${dataDir} does not end: end it with "kill -9 ${pid}", then start again.`,
      );
    }
  }
  await rm(lockFile, { force: true });
}
