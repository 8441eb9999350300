import { readFileSync } from 'node:fs';
import type { OffersDocument } from './providers/offers.js';
import { startSimulator, type SimulatorOptions } from './start-simulator.js';

/** Reads the environment. @throws Error that names the variable which is wrong. */
function readOptions(env: NodeJS.ProcessEnv): SimulatorOptions {
  const port = Number(env['SIMULATOR_PORT'] ?? 8090);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error('SIMULATOR_PORT must be a port number');
  const token = env['SIMULATOR_TOKEN'];
  const file = env['SIMULATOR_OFFERS_FILE'];
  return {
    port,
    host: env['BIND'] ?? '127.0.0.1',
    ...(token === undefined || token === '' ? {} : { token }),
    ...(file === undefined || file === '' ? {} : { offers: readOffers(file) }),
  };
}

function readOffers(file: string): OffersDocument {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as OffersDocument;
  } catch (cause) {
    throw new Error(`SIMULATOR_OFFERS_FILE: ${file} cannot be read as JSON`, { cause });
  }
}

async function main(): Promise<void> {
  const simulator = await startSimulator(readOptions(process.env));
  console.log(
    `simulator: listening on ${simulator.url}, ${simulator.control.providers().length || 'any'} providers`,
  );
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void simulator.close().then(() => process.exit(0)));
  }
}

main().catch((error: unknown) => {
  console.error(`simulator: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
});
