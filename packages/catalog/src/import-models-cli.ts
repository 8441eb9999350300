import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { isEmptyDiff } from './import/diff-models.js';
import { planImport } from './import/plan-import.js';
import { printData } from './import/print-data.js';
import { printDiff } from './import/print-diff.js';
import { readImport, type WrittenModel } from './import/read-import.js';
import { DATA_FOLDER, loadCatalog } from './load-catalog.js';

const USAGE = 'import-models <file> [--whole] [--from YYYY-MM-DD] [--apply]';
const MODELS_FOLDER = fileURLToPath(new URL('models/', DATA_FOLDER));

function main(): number {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      whole: { type: 'boolean', default: false },
      from: { type: 'string' },
      apply: { type: 'boolean', default: false },
    },
  });
  const [file, ...others] = positionals;
  if (file === undefined || others.length > 0) return fail([`usage: ${USAGE}`]);
  if (values.from !== undefined && !/^\d{4}-\d{2}-\d{2}$/.test(values.from))
    return fail(['--from takes a day such as 2027-01-31']);
  const reading = readImport(readFileSync(resolve(process.env['INIT_CWD'] ?? '.', file), 'utf8'));
  if (reading.kind === 'invalid') return fail(reading.problems.map((problem) => `${file}: ${problem}`));
  const current = currentModels();
  const plan = planImport(loadCatalog(), current, reading.models, {
    whole: values.whole,
    from: values.from ?? null,
    today: new Date().toISOString().slice(0, 10),
  });
  for (const line of printDiff(plan.diff)) console.log(line);
  for (const text of plan.warnings) console.log(`warning  ${text}`);
  if (plan.errors.length > 0) return fail(plan.errors);
  if (isEmptyDiff(plan.diff)) console.log('nothing changes');
  if (!values.apply) {
    console.log('nothing was written: --apply writes it');
    return 0;
  }
  const written = writeModels(current, plan.models);
  console.log(`written: ${written.join(', ') || 'nothing'}; the next seed makes the price versions`);
  return 0;
}

function fail(problems: readonly string[]): number {
  for (const problem of problems) console.error(`error    ${problem}`);
  return 1;
}

function currentModels(): WrittenModel[] {
  return readdirSync(MODELS_FOLDER)
    .filter((name) => name.endsWith('.json'))
    .flatMap((name) => JSON.parse(readFileSync(`${MODELS_FOLDER}${name}`, 'utf8')) as WrittenModel[]);
}

/** Writes the files of authors with a changed model, and no other. */
function writeModels(before: readonly WrittenModel[], after: readonly WrittenModel[]): string[] {
  const old = new Map(before.map((model) => [model.id, JSON.stringify(model)]));
  const authors = new Set(
    after.filter((model) => old.get(model.id) !== JSON.stringify(model)).map(({ author }) => author),
  );
  for (const author of authors) {
    const path = `${MODELS_FOLDER}${author}.json`;
    const models = after.filter((model) => model.author === author);
    writeFileSync(path, printData(models));
  }
  // In a process of its own: this one has read the catalog as it was.
  const simulatorOffers = fileURLToPath(new URL('write-simulator-offers-cli.js', import.meta.url));
  if (authors.size > 0) execFileSync(process.execPath, [simulatorOffers]);
  return [...authors].map((author) => `data/models/${author}.json`);
}

process.exitCode = main();
