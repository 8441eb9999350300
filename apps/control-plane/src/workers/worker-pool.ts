import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Logger } from '@trunkline/observability';
import { createPool, type SqlPool } from '@trunkline/prisma';
import { ControlPlaneConfig } from '../config/environment.js';

/** The worker's pool for raw SQL: its statements work on whole batches. */
@Injectable()
export class WorkerPool implements OnApplicationShutdown {
  readonly pool: SqlPool;

  constructor(config: ControlPlaneConfig, logger: Logger) {
    this.pool = createPool({
      databaseUrl: config.database.url,
      poolSize: config.database.poolSize,
      applicationName: 'trunkline-worker',
      onError: (error) => logger.warn('a database connection broke', { error }),
    });
  }

  async onApplicationShutdown(): Promise<void> {
    await this.pool.end();
  }
}
