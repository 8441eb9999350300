import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folders = ['apps', 'packages', 'prisma', 'e2e', 'bench'];
const rootFiles = ['package.json', 'pnpm-lock.yaml', 'pnpm-workspace.yaml'];
const notSources = new Set(['node_modules', 'dist', 'generated', 'coverage', '__fixtures__', 'test-results']);
const testFile = /\.test\.tsx?$|\.tsbuildinfo$|^next-env\.d\.ts$/;

/** Changes when another set of packages must be installed, or on another kind of machine. */
export function installFingerprint(root) {
  const manifests = sources(root).filter((path) => path.endsWith('/package.json'));
  return digest(root, [...rootFiles, ...manifests]);
}

/** Changes when something that is built has changed. Read whole: 10 ms for a thousand files, and no clock to trust. */
export function buildFingerprint(root) {
  return digest(root, [...rootFiles, 'turbo.json', '.swcrc', ...sources(root)]);
}

function digest(root, paths) {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch}\n`);
  for (const path of paths) hash.update(`${path}\n`).update(readFileSync(join(root, path)));
  return hash.digest('hex');
}

function sources(root) {
  return folders.flatMap((folder) => walk(root, folder)).sort((left, right) => (left < right ? -1 : 1));
}

function walk(root, folder) {
  const entries = readdirSync(join(root, folder), { withFileTypes: true });
  return entries.flatMap((entry) => {
    if (notSources.has(entry.name) || entry.name.startsWith('.') || testFile.test(entry.name)) return [];
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return walk(root, path);
    return entry.isFile() ? [path] : [];
  });
}
