import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { endProcess } from './end-process.js';
import { commandLine, processToken } from './process-identity.js';
import { containerName, redisConfigFile } from './redis-command.js';
import { ServiceProblem } from './service-problem.js';

/**
 * Ends a Redis that still runs on this folder, left by someone who was killed.
 *
 * @throws ServiceProblem when it cannot be ended
 */
export async function endLeftoverRedis(dir: string): Promise<void> {
  const pidFile = join(dir, 'redis.pid');
  if (!existsSync(pidFile)) return;
  const pid = Number(await readFile(pidFile, 'utf8'));
  const token = Number.isSafeInteger(pid) && pid > 1 ? processToken(pid) : undefined;
  if (
    token !== undefined &&
    commandLine(pid).includes(redisConfigFile(dir)) &&
    !(await endProcess(pid, token))
  ) {
    throw new ServiceProblem(
      `An earlier Redis (process ${pid}) on ${dir} does not end: end it with "kill -9 ${pid}", then start again.`,
    );
  }
  await rm(pidFile, { force: true });
}

/** The same for one in a container; that there is none is no failure. */
export async function endLeftoverContainer(port: number): Promise<void> {
  await promisify(execFile)('docker', ['rm', '--force', containerName(port)], { timeout: 30_000 }).catch(
    () => undefined,
  );
}
