import { readFile, writeFile } from 'node:fs/promises';
import { arch, cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import type { Row } from './bench-results.js';

const BEGIN = '<!-- results: written by `pnpm bench --write` -->';
const END = '<!-- end of results -->';

/** What kind of machine it was, without its name. */
export function machineClass(): string {
  const [cpu] = cpus();
  const memoryGib = Math.round(totalmem() / 2 ** 30);
  return `${cpus().length} cores (${cpu?.model.trim() || arch()}), ${memoryGib} GiB, Node ${process.versions.node}`;
}

/** Puts the results in the place of the last ones in docs/performance.md. @throws Error when it has no such place */
export async function writePerformance(
  root: string,
  rows: readonly Row[],
  remarks: readonly string[],
): Promise<void> {
  const file = join(root, 'docs', 'performance.md');
  const text = await readFile(file, 'utf8');
  await writeFile(
    file,
    withResults(text, rows, [`${new Date().toISOString().slice(0, 10)}, ${machineClass()}.`, ...remarks]),
  );
}

/** The page with these results instead of the last ones. */
export function withResults(page: string, rows: readonly Row[], remarks: readonly string[]): string {
  const from = page.indexOf(BEGIN);
  const to = page.indexOf(END);
  if (from === -1 || to < from)
    throw new Error(`docs/performance.md has no place for results: ${BEGIN} … ${END}`);
  const table = ['| what | measured | promise |', '|---|---|---|', ...rows.map(tableRow)];
  const results = [BEGIN, '', ...remarks, '', ...table, ''].join('\n');
  return page.slice(0, from) + results + page.slice(to);
}

function tableRow({ what, measured, promise }: Row): string {
  return `| ${[what, measured, promise].map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}
