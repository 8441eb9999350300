import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pinnedNode, prepare, quietEnvironment, root } from './prepare.mjs';
import { stepPrinter } from './screen.mjs';

/** Prepares the checkout, hands over to the launcher, and ends with it. */
export async function startPlatform() {
  const startedAt = Date.now();
  // What is exported already wins. Here and not in the launcher, which tests start too.
  const envFile = join(root, '.env');
  if (existsSync(envFile)) process.loadEnvFile(envFile);
  try {
    await prepare(stepPrinter(startedAt));
  } catch (error) {
    console.error(`\n${error.message}\n`);
    process.exit(1);
  }
  const launcher = spawn(
    pinnedNode,
    ['--enable-source-maps', join(root, 'packages', 'launcher', 'dist', 'main.js')],
    {
      cwd: root,
      // Over the channel the launcher notices when we are killed.
      stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
      env: { ...process.env, ...quietEnvironment, TRUNKLINE_STARTED_AT: String(startedAt) },
    },
  );
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => launcher.kill(signal));
  launcher.on('exit', (code) => process.exit(code ?? 1));
  if (process.env.npm_lifecycle_event) endWithParent(launcher);
}

/** npm killed with -9 tells nobody; its child merely gets another parent. */
function endWithParent(launcher) {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) launcher.kill('SIGTERM');
  }, 500).unref();
}
