import { createLogger } from '@trunkline/observability';
import { createPrismaClient } from '@trunkline/prisma';
import { readSeedEnvironment } from './config/seed-environment.js';
import { runSeed } from './seed/run-seed.js';

const started = performance.now();
const config = readSeedEnvironment();
const logger = createLogger({ name: 'seed', level: config.controlPlane.log.level });
const client = createPrismaClient({
  databaseUrl: config.controlPlane.database.url,
  poolSize: 4,
  applicationName: 'trunkline-seed',
});
try {
  const result = await runSeed(config, client, logger);
  logger.info('seeded', { ...result, milliseconds: Math.round(performance.now() - started) });
} catch (error) {
  logger.error('the seed failed', { error });
  process.exitCode = 1;
} finally {
  await client.$disconnect();
}
