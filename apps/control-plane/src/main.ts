import { Logger, watchProcess } from '@trunkline/observability';
import { readEnvironment } from './config/environment.js';
import { createApp } from './create-app.js';
import { Database } from './database/database.module.js';
import { serveMetrics } from './http/health.js';

/** How long requests under way may take to end after SIGTERM. */
const STOP_MS = 10_000;

async function main(): Promise<void> {
  const config = readEnvironment();
  watchProcess();
  const app = await createApp(config);
  const logger = app.get(Logger);
  // What nobody caught is a mistake of ours: it is told, and the process goes on serving.
  process.on('unhandledRejection', (error) =>
    logger.error('a promise was rejected and nobody listened', { error }),
  );
  const metrics = await serveMetrics(config.http.metricsPort, app.get(Database).client);
  await app.listen({ port: config.http.port, host: config.http.bind });
  logger.info('the control plane listens', { port: config.http.port, bind: config.http.bind });

  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      setTimeout(() => process.exit(1), STOP_MS).unref();
      metrics.close();
      app.close().then(
        () => process.exit(0),
        (error: unknown) => {
          logger.error('the control plane did not stop as it should', { error });
          process.exit(1);
        },
      );
    });
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
  // A pool or server that is open already would keep the process.
  setTimeout(() => process.exit(1), 100).unref();
});
