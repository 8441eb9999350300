import { type DynamicModule, Module } from '@nestjs/common';
import { ConfigModule } from '../config/config.module.js';
import type { ControlPlaneConfig } from '../config/environment.js';
import { DatabaseModule } from '../database/database.module.js';
import { WorkersModule } from './workers.module.js';

/** The whole worker process. */
@Module({})
export class WorkerModule {
  static of(config: ControlPlaneConfig): DynamicModule {
    return {
      module: WorkerModule,
      imports: [ConfigModule.of(config, 'worker'), DatabaseModule, WorkersModule],
    };
  }
}
