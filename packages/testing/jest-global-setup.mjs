import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');

// The launcher's own tests start it as the process that it is.
const built = ['testing', 'prisma', 'launcher'].map((name) => `--filter=@trunkline/${name}`);

// Jest loads this outside of its transforms, so the services come from the compiled package; turbo knows in a second
// whether that is fresh. The migrations run as they do everywhere, from prisma's compiled CLI.
export default async function setUpServices() {
  const build = spawnSync(
    join(root, 'node_modules', '.bin', 'turbo'),
    ['run', 'build', ...built, '--output-logs=errors-only'],
    { cwd: root, encoding: 'utf8', env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1' } },
  );
  if (build.status !== 0)
    throw new Error(`cannot build what the tests start:\n${build.stdout}${build.stderr}`);
  const { startTestRun } = await import('./dist/test-run.js');
  globalThis.trunklineTestRun = await startTestRun(root);
}
