import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildFingerprint, installFingerprint } from './fingerprints.mjs';
import { withPrepareLock } from './prepare-lock.mjs';
import { runLogged } from './run-logged.mjs';

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
/** Node 24, which pnpm puts there. */
export const pinnedNode = join(root, 'node_modules', '.bin', 'node');
/** Where logs and state lie. */
export const stateDir = resolve(root, process.env.TRUNKLINE_STATE_DIR || '.trunkline');

/** Nothing that we run calls home. */
export const quietEnvironment = {
  NEXT_TELEMETRY_DISABLED: '1',
  TURBO_TELEMETRY_DISABLED: '1',
  TURBO_NO_UPDATE_NOTIFIER: '1',
  CHECKPOINT_DISABLE: '1',
  DO_NOT_TRACK: '1',
};

const pnpm = [
  'npx',
  '--yes',
  `pnpm@${JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).packageManager.split('@')[1]}`,
];
// In node_modules, so that who deletes that deletes the claim that it is complete.
const installStamp = join(root, 'node_modules', '.trunkline-install');
const buildStamp = join(root, 'node_modules', '.trunkline-build');
const outputs = [
  'packages/launcher/dist/main.js',
  'packages/provider-simulator/dist/main.js',
  'prisma/dist/migrate-cli.js',
  'apps/gateway/dist/main.js',
  'apps/control-plane/dist/main.js',
  'apps/dashboard/.next/BUILD_ID',
];

/** Folder of the pinned pnpm, which turbo wants to find on the PATH. */
export function pnpmFolder() {
  const [npx, yes, name] = pnpm;
  const found = spawnSync(npx, [yes, `--package=${name}`, '-c', 'command -v pnpm'], {
    cwd: root,
    encoding: 'utf8',
  });
  if (found.status !== 0) throw new Error(`Cannot fetch ${name}: ${found.stderr}`);
  return dirname(found.stdout.trim());
}

/**
 * Installs and builds what is not up to date. `say` gets lines of progress.
 * Throws an error whose message is for the person in front of the screen.
 */
export async function prepare(say) {
  await withPrepareLock(join(root, '.trunkline', 'prepare.lock'), say, async () => {
    await install(say);
    await build(say);
  });
}

async function install(say) {
  const wanted = installFingerprint(root);
  if (read(installStamp) === wanted && existsSync(pinnedNode)) return;
  rmSync(installStamp, { force: true });
  await step(
    'install the dependencies',
    'install',
    [...pnpm, 'install', '--frozen-lockfile'],
    { CI: 'true' },
    say,
  );
  writeFileSync(installStamp, wanted);
}

async function build(say) {
  const wanted = buildFingerprint(root);
  if (read(buildStamp) === wanted && outputs.every((path) => existsSync(join(root, path)))) return;
  rmSync(buildStamp, { force: true });
  const turbo = ['exec', 'turbo', 'run', 'build', '--output-logs=new-only', '--log-order=grouped'];
  await step('build', 'build', [...pnpm, ...turbo], {}, say);
  writeFileSync(buildStamp, wanted);
}

function step(what, name, command, env, say) {
  return runLogged({
    what,
    command,
    cwd: root,
    env: { ...process.env, ...quietEnvironment, ...env },
    logFile: join(stateDir, 'logs', `${name}.log`),
    say,
  });
}

function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
