// Makes src/generated from schema.prisma. Works without a network: the client needs no engine, and the schema engine,
// which the command line would download, is not used by `generate`; naming any file that runs keeps it from trying.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const root = dirname(import.meta.dirname);
const require = createRequire(import.meta.url);
const prismaPackage = require.resolve('prisma/package.json');
const stampFile = join(root, 'src/generated/.stamp');
const lockFolder = join(root, 'node_modules/.generate-lock');
const LOCK_STALE_MS = 60_000;

const stamp = createHash('sha256')
  .update(readFileSync(join(root, 'schema.prisma')))
  .update(readFileSync(prismaPackage))
  .digest('hex');

function isCurrent() {
  try {
    return readFileSync(stampFile, 'utf8') === stamp;
  } catch {
    return false;
  }
}

// `build` and `types` may run at the same time; two generators would delete each other's files.
async function locked(work) {
  for (;;) {
    try {
      mkdirSync(lockFolder);
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const age = Date.now() - (statSync(lockFolder, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (age > LOCK_STALE_MS) rmSync(lockFolder, { recursive: true, force: true });
    await sleep(100);
  }
  try {
    work();
  } finally {
    rmSync(lockFolder, { recursive: true, force: true });
  }
}

function generate() {
  if (isCurrent()) return;
  const command = join(dirname(prismaPackage), require(prismaPackage).bin.prisma);
  const result = spawnSync(process.execPath, [command, 'generate', '--no-hints'], {
    cwd: root,
    encoding: 'utf8',
    env: {
      ...process.env,
      PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
      CHECKPOINT_DISABLE: '1',
    },
  });
  if (result.status !== 0) {
    process.stderr.write(`${result.stdout ?? ''}${result.stderr ?? ''}\nprisma generate failed\n`);
    process.exitCode = 1;
    return;
  }
  writeFileSync(stampFile, stamp);
}

if (!isCurrent()) await locked(generate);
