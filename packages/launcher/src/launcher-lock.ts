import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { processToken, ServiceProblem } from '@trunkline/local-services';

/** Held by the one launcher of a state folder. */
export interface LauncherLock {
  /** Tells a start that comes now that waiting is worth it. */
  markStopping(): void;
  release(): void;
}

// A launcher whose `npm start` was killed is on its way out: its gateways may take half a minute.
const patienceMs = 60_000;
const lookMs = 2_000;

/**
 * Makes this process the folder's only launcher. One that is just ending is waited for; a killed one's mark is void.
 *
 * @throws ServiceProblem when another is at work
 */
export async function takeLauncherLock(runFolder: string): Promise<LauncherLock> {
  mkdirSync(runFolder, { recursive: true });
  const pidFile = join(runFolder, 'launcher.pid');
  const tokenFile = join(runFolder, 'launcher.started');
  const stoppingFile = join(runFolder, 'launcher.stopping');
  const since = performance.now();
  while (!create(pidFile)) {
    const pid = Number(read(pidFile));
    // An empty file is being written at this moment.
    const alive =
      pid > 1 && processToken(pid) !== undefined && [processToken(pid), ''].includes(read(tokenFile));
    if (!alive && performance.now() - since > 200) {
      rmSync(pidFile, { force: true });
      rmSync(stoppingFile, { force: true });
      continue;
    }
    const waitedMs = performance.now() - since;
    if (waitedMs > (read(stoppingFile) === '' ? lookMs : patienceMs)) {
      throw new ServiceProblem(
        `Trunkline already runs from this folder (process ${pid}): stop it with Ctrl-C where it was started, or with "kill ${pid}".`,
      );
    }
    await sleep(100);
  }
  writeFileSync(tokenFile, processToken(process.pid) ?? '');
  return {
    markStopping: () => writeFileSync(stoppingFile, 'yes\n'),
    release: () => {
      for (const file of [pidFile, tokenFile, stoppingFile]) rmSync(file, { force: true });
    },
  };
}

function create(path: string): boolean {
  try {
    writeFileSync(path, `${process.pid}\n`, { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return '';
  }
}
