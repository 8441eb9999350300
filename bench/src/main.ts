import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readOptions } from './bench-options.js';
import { startPlatform, type Undo } from './platform/start-platform.js';
import { divideCores } from './processes/cores.js';
import { profileGateway } from './profile/profile-gateway.js';
import { resultRows } from './report/result-rows.js';
import { machineClass, writePerformance } from './report/write-performance.js';
import { runMeasures } from './run-measures.js';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const startedMs = performance.now();

function say(line: string): void {
  console.log(`${((performance.now() - startedMs) / 1_000).toFixed(0).padStart(4)} s  ${line}`);
}

async function main(undo: Undo): Promise<void> {
  const options = readOptions(process.argv.slice(2).filter((arg) => arg !== '--'));
  const cores = divideCores();
  console.log(`${machineClass()}; ${cores.described}`);
  const platform = await startPlatform(root, cores, undo, say);
  if (options.profile) {
    const keepIn = join(root, '.trunkline', 'profiles');
    const stream = options.stream;
    const profiled = { seconds: options.seconds * 2, connections: options.connections, keepIn, stream };
    for (const line of await profileGateway(platform, profiled)) console.log(line);
    return;
  }
  const rows = resultRows(await runMeasures(platform, options, say));
  const width = Math.max(...rows.map(({ what }) => what.length));
  console.log('');
  for (const { what, measured, promise } of rows) {
    console.log(`${what.padEnd(width)}  ${measured}${promise && `   [${promise}]`}`);
  }
  if (options.write)
    await writePerformance(root, rows, [`${cores.described}; ${options.rounds} rounds, medians.`]);
}

const undo: Undo = [];

async function end(code: number): Promise<never> {
  for (const step of undo.splice(0).toReversed()) {
    await step().catch((error: unknown) => console.error(`while ending: ${String(error)}`));
  }
  process.exit(code);
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void end(130));
try {
  await main(undo);
  await end(0);
} catch (error) {
  console.error(`bench: ${error instanceof Error ? error.message : String(error)}`);
  await end(1);
}
