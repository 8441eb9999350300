import { createLogger } from '@trunkline/observability';
import { createPrismaClient } from '@trunkline/prisma';
import { readSeedEnvironment } from './config/seed-environment.js';
import { runSeed, SEED_TIMEOUT_MS } from './seed/run-seed.js';

async function main(): Promise<void> {
  const started = performance.now();
  const config = readSeedEnvironment();
  const logger = createLogger({ name: 'seed', level: config.controlPlane.log.level });
  const client = createPrismaClient({
    databaseUrl: config.controlPlane.database.url,
    poolSize: 4,
    applicationName: 'trunkline-seed',
    // It works thousands of prices out inside its transaction, on whatever machine there is.
    idleInTransactionMs: SEED_TIMEOUT_MS,
  });
  try {
    const result = await runSeed(config, client, logger);
    logger.info('seeded', { ...result, milliseconds: Math.round(performance.now() - started) });
  } finally {
    await client.$disconnect();
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`The seed failed: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
