// `pnpm bench`: builds what is measured, then hands over to bench/ on the pinned Node. Options: bench/README.md.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pinnedNode, quietEnvironment, root, stateDir } from './lib/prepare.mjs';
import { runLogged } from './lib/run-logged.mjs';

const measured = ['bench', 'gateway', 'control-plane', 'provider-simulator', 'prisma'];

if (!existsSync(pinnedNode)) {
  console.error('The benchmark needs the dependencies: run npm start or pnpm install first.');
  process.exit(1);
}
const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const filters = measured.map((name) => `--filter=@trunkline/${name}...`);
try {
  await runLogged({
    what: 'build what is measured',
    command: ['npx', '--yes', packageManager, 'exec', 'turbo', 'run', 'build', ...filters],
    cwd: root,
    env: { ...process.env, ...quietEnvironment },
    logFile: join(stateDir, 'logs', 'bench-build.log'),
    say: (line) => console.log(line),
  });
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
const bench = spawn(pinnedNode, [join(root, 'bench', 'dist', 'main.js'), ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, ...quietEnvironment },
});
// Ctrl-C reaches both of us; the benchmark ends what it started, and we wait for it.
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    if (signal === 'SIGTERM') bench.kill(signal);
  });
}
bench.on('exit', (code) => process.exit(code ?? 1));
