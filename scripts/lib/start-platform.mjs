import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pinnedNode, prepare, quietEnvironment, root } from './prepare.mjs';
import { stepPrinter } from './screen.mjs';

/** Prepares the checkout, hands over to the launcher, and ends with it. */
export async function startPlatform() {
  const startedAt = Date.now();
  try {
    await prepare(stepPrinter(startedAt));
  } catch (error) {
    console.error(`\n${error.message}\n`);
    process.exit(1);
  }
  const launcher = spawn(
    pinnedNode,
    ['--enable-source-maps', join(root, 'packages', 'launcher', 'dist', 'main.js'), ...process.argv.slice(2)],
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

/** npm killed with -9 tells nobody; whoever it had started merely gets another parent. */
function endWithParent(launcher) {
  const before = parents();
  setInterval(() => {
    if (parents() !== before) launcher.kill('SIGTERM');
  }, 500).unref();
}

// npm starts a shell that starts us. Some shells step aside, and then npm's own parent is nobody to depend on: it may
// be a terminal that was closed on purpose.
function parents() {
  const shell = readProc(process.ppid, 'cmdline').includes('scripts/start.mjs');
  const above = shell ? /\) \S (\d+)/.exec(readProc(process.ppid, 'stat'))?.[1] : '';
  return `${process.ppid} ${above}`;
}

function readProc(pid, file) {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}
