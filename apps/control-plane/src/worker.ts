import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { Logger } from '@trunkline/observability';
import { readEnvironment } from './config/environment.js';
import { NestLogger } from './config/nest-logger.js';
import { WorkerModule } from './workers/worker.module.js';

/** How long running jobs may take to end after SIGTERM. */
const STOP_MS = 15_000;

async function main(): Promise<void> {
  const config = readEnvironment();
  const app = await NestFactory.createApplicationContext(WorkerModule.of(config), {
    bufferLogs: true,
    abortOnError: false,
  });
  const logger = app.get(Logger);
  app.useLogger(new NestLogger(logger));
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      setTimeout(() => process.exit(1), STOP_MS).unref();
      app.close().then(
        () => process.exit(0),
        (error: unknown) => {
          logger.error('the worker did not stop as it should', { error });
          process.exit(1);
        },
      );
    });
  }
  logger.info('the worker works', { port: config.worker.port });
}

await main();
