import { chmod, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { explainDiskErrors, requireDiskSpace, ServiceProblem } from '@trunkline/local-services';
import { takeLauncherLock } from './launcher-lock.js';
import { Platform } from './platform.js';
import { terminalScreen } from './screen.js';
import { readSettings, statePaths, type Settings } from './settings.js';

const root = dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))));
const screen = terminalScreen(Number(process.env['TRUNKLINE_STARTED_AT']) || Date.now());
const stateMiB = 128;

async function prepareState(settings: Settings): Promise<void> {
  // Others may pass through, as user `postgres` must, and not look: what is secret in it is 0600 besides.
  await mkdir(settings.stateDir, { recursive: true });
  await chmod(settings.stateDir, 0o711);
  const paths = statePaths(settings.stateDir);
  await mkdir(paths.gateway, { recursive: true, mode: 0o700 });
  await mkdir(paths.mailbox, { recursive: true, mode: 0o700 });
  await mkdir(paths.logs, { recursive: true, mode: 0o700 });
  await requireDiskSpace(settings.stateDir, stateMiB);
}

async function main(): Promise<void> {
  const settings = readSettings(root, process.env, process.argv.slice(2));
  await prepareState(settings);
  const lock = await takeLauncherLock(join(settings.stateDir, 'run'));
  const platform = new Platform(settings, screen);

  let askedAtMs: number | undefined;
  const stop = async (why: string) => {
    if (askedAtMs !== undefined) {
      // One Ctrl-C arrives more than once: from the terminal and through npm.
      if (performance.now() - askedAtMs > 1_500) platform.hurry();
      return;
    }
    askedAtMs = performance.now();
    lock.markStopping();
    screen.say('');
    screen.step(
      `${why}: stopping everything; open streams may finish for up to 30 s (Ctrl-C again: at once)`,
    );
    await platform.stop();
    screen.step('everything has stopped; data and dev.env stay');
    lock.release();
    process.exit(0);
  };
  process.on('SIGINT', () => void stop('Ctrl-C'));
  process.on('SIGTERM', () => void stop('asked to end'));
  process.on('SIGHUP', () => void stop('the terminal has gone'));
  // `npm start` was killed: nobody would see or stop what goes on here.
  process.on('disconnect', () => void stop('npm start has gone'));

  try {
    await platform.start();
  } catch (error) {
    if (askedAtMs !== undefined) return;
    askedAtMs = performance.now();
    lock.markStopping();
    report(error, settings);
    await platform.stop();
    lock.release();
    process.exit(1);
  }
}

function report(error: unknown, settings: Settings): void {
  const explained = explainDiskErrors(error, settings.stateDir);
  if (explained instanceof ServiceProblem) screen.say(`\n${explained.message}\n`);
  else
    screen.say(
      `\n${explained instanceof Error ? (explained.stack ?? explained.message) : String(explained)}\n`,
    );
}

main().catch((error: unknown) => {
  const explained = explainDiskErrors(error, root);
  screen.say(
    explained instanceof ServiceProblem
      ? `\n${explained.message}\n`
      : `\n${String(error instanceof Error ? error.stack : error)}\n`,
  );
  process.exit(1);
});
