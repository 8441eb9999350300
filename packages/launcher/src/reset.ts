import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  endLeftoverPostgres,
  endLeftoverRedis,
  endProcess,
  possibleHomes,
  removePostgresHome,
  ServiceProblem,
} from '@trunkline/local-services';
import { stopStage, stopSteps } from './parts.js';
import { endLeftovers, PidFiles } from './pid-files.js';
import { readSettings, statePaths } from './settings.js';

const root = dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))));
// Longer than a launcher needs at most to stop everything.
const launcherStop = [
  { signal: 'SIGTERM', waitMs: 90_000 },
  { signal: 'SIGKILL', waitMs: 5_000 },
] as const;

/** Stops what runs from the state folder and deletes what it kept. A database that the environment names is left alone. */
async function reset(): Promise<void> {
  const { stateDir } = readSettings(root, process.env);
  if (existsSync(stateDir)) {
    const files = new PidFiles(statePaths(stateDir).run);
    const launcher = files.find('launcher');
    if (launcher) {
      console.log(`stopping what runs (process ${launcher.pid}) …`);
      await endProcess(launcher.pid, launcher.token, launcherStop);
    }
    await endLeftovers(files, stopStage, stopSteps);
  }
  await endLeftoverRedis(join(stateDir, 'redis'));
  for (const home of await possibleHomes(stateDir)) await endLeftoverPostgres(join(home, 'data'));
  await removePostgresHome(stateDir);
  await rm(stateDir, { recursive: true, force: true });
  console.log(`${stateDir} is gone; "npm start" begins anew.`);
}

reset().catch((error: unknown) => {
  console.error(error instanceof ServiceProblem ? error.message : error);
  process.exit(1);
});
