import { Logger, watchProcess } from '@trunkline/observability';
import { readEnvironment } from './config/environment.js';
import { createApp } from './create-app.js';
import { Database } from './database/database.module.js';
import { serveMetrics } from './http/health.js';

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
app.getHttpServer().once('close', () => metrics.close());
logger.info('the control plane listens', { port: config.http.port, bind: config.http.bind });
