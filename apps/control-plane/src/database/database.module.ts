import { Global, Module, type OnApplicationShutdown } from '@nestjs/common';
import { Logger } from '@trunkline/observability';
import { createPrismaClient, type PrismaClient } from '@trunkline/prisma';
import { ControlPlaneConfig } from '../config/environment.js';

/** The process' one client of Postgres. Verbs get it, or a part of it narrowed to an organization. */
export abstract class Database {
  abstract readonly client: PrismaClient;
}

class PostgresDatabase extends Database implements OnApplicationShutdown {
  readonly client: PrismaClient;

  constructor(config: ControlPlaneConfig, logger: Logger) {
    super();
    this.client = createPrismaClient({
      databaseUrl: config.database.url,
      poolSize: config.database.poolSize,
      applicationName: 'trunkline-control-plane',
      onError: (error) => logger.warn('a database connection broke', { error }),
    });
  }

  async onApplicationShutdown(): Promise<void> {
    await this.client.$disconnect();
  }
}

@Global()
@Module({
  providers: [
    {
      provide: Database,
      inject: [ControlPlaneConfig, Logger],
      useFactory: (config: ControlPlaneConfig, logger: Logger) => new PostgresDatabase(config, logger),
    },
  ],
  exports: [Database],
})
export class DatabaseModule {}
