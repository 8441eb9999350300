import { cpSync, existsSync, globSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

// `node deploy/collect-built.mjs <folder>`: copies what a built checkout needs to run, and nothing to build it again.
// The images and the dry run use it; production dependencies are installed into the folder afterwards.

const root = join(import.meta.dirname, '..');
const target = process.argv[2];
if (target === undefined) {
  console.error('usage: node deploy/collect-built.mjs <folder>');
  process.exit(2);
}

const needed = [
  'package.json',
  'pnpm-lock.yaml',
  'pnpm-workspace.yaml',
  'deploy/healthy.mjs',
  '{apps,packages}/*/package.json',
  '{prisma,e2e,bench}/package.json',
  '{apps,packages}/*/dist',
  'packages/catalog/data',
  'packages/*/scripts/*.lua',
  'prisma/dist',
  'prisma/migrations',
  'apps/dashboard/.next',
  'apps/dashboard/public',
  'apps/dashboard/next.config.ts',
];
const cache = join('apps', 'dashboard', '.next', 'cache');
const notToRun = /\.tsbuildinfo$|\.d\.ts(\.map)?$/;

for (const path of needed.flatMap((pattern) => globSync(pattern, { cwd: root }))) {
  mkdirSync(dirname(join(target, path)), { recursive: true });
  cpSync(join(root, path), join(target, path), {
    recursive: true,
    filter: (source) => !notToRun.test(source) && !relative(root, source).startsWith(cache),
  });
}
for (const built of [
  'apps/gateway/dist/main.js',
  'apps/control-plane/dist/main.js',
  'prisma/dist/migrate-cli.js',
  'apps/dashboard/.next/BUILD_ID',
]) {
  if (existsSync(join(target, built))) continue;
  rmSync(target, { recursive: true, force: true });
  console.error(`${built} is missing: build first (pnpm build)`);
  process.exit(1);
}
