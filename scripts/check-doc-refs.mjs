import { execFileSync } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';

// Fails when a page cites a path that is gone: in backticks (`packages/x/src/y.ts`), or as the target of a link.

const root = join(import.meta.dirname, '..');
const tops = new Set([
  'apps',
  'packages',
  'prisma',
  'docs',
  'scripts',
  'deploy',
  'e2e',
  'bench',
  '.ci',
  '.github',
]);
const insideAWorkspace = /^(src|test|data|scripts|migrations|public)\//;
const fileAtTop = /^(package\.json|turbo\.json|pnpm-workspace\.yaml|docker-compose\.yml|[\w-]+\.md)$/;
// Made when things run, so never in a checkout; decisions and their history are not edited later.
const madeLater = /(^|\/)(\.trunkline|node_modules|dist|\.next|generated|test-results)(\/|$)/;
const notEdited = /^docs\/adr\//;

const pages = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '*.md'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((page) => page !== '' && !notEdited.test(page) && existsSync(join(root, page)));

const missing = pages.flatMap((page) =>
  citations(readFileSync(join(root, page), 'utf8'), page)
    .filter(({ bases, path }) => !bases.some((base) => found(base, path)))
    .map(({ line, text }) => `${page}:${line}  ${text}`),
);
for (const line of missing) console.error(line);
if (missing.length > 0) {
  console.error(`\n${missing.length} cited paths are gone: correct the page, or the path.`);
  process.exit(1);
}
console.log(`${pages.length} pages cite only what exists`);

function citations(markdown, page) {
  return withoutFences(markdown).flatMap((text, index) => {
    const line = index + 1;
    const code = [...text.matchAll(/`([^`\s]+)`/g)].map(([, span]) => ({
      line,
      text: span,
      ...codePath(span, page),
    }));
    const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => ({
      line,
      text: target,
      ...linkPath(target, page),
    }));
    return [...code, ...links].filter(({ path }) => path !== undefined);
  });
}

function codePath(span, page) {
  const path = span
    .replace(/[:#]L?\d+.*$/, '')
    .replace(/\/$/, '')
    .replace(/^\.\//, '');
  if (/[(){}=$@"'|,;]|^\/|:\/\/|^\.\.\./.test(path) || madeLater.test(path)) return {};
  const folder = posix.dirname(page);
  if (tops.has(path.split('/')[0]) && path.includes('/')) return { path, bases: ['.', folder] };
  if (fileAtTop.test(path))
    return {
      path,
      bases: ['.', folder, `${folder}/**`, 'apps/*', 'packages/*', 'prisma', 'e2e', 'bench', 'docs'],
    };
  if (folder !== '.' && !folder.startsWith('docs') && insideAWorkspace.test(path)) {
    const workspace = /^((apps|packages)\/[^/]+|prisma|e2e|bench)/.exec(folder)?.[0] ?? folder;
    return { path, bases: [folder, workspace] };
  }
  return {};
}

function linkPath(target, page) {
  const path = target.replace(/#.*$/, '');
  if (path === '' || /^[a-z]+:/i.test(path)) return {};
  return { path, bases: [posix.dirname(page)] };
}

function found(base, path) {
  const pattern = posix.join(base, path).replaceAll(/<[^>]+>|…/g, '*');
  return /[*?]/.test(pattern) ? globSync(pattern, { cwd: root }).length > 0 : existsSync(join(root, pattern));
}

/** The lines, with those inside code fences emptied: examples may name what does not exist. */
function withoutFences(markdown) {
  let inside = false;
  return markdown.split('\n').map((line) => {
    if (/^\s*(```|~~~)/.test(line)) inside = !inside;
    return inside ? '' : line;
  });
}
