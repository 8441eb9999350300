import { type DynamicModule, Module } from '@nestjs/common';
import { createLogger, Logger } from '@trunkline/observability';
import { ControlPlaneConfig } from './environment.js';

/** Gives `ControlPlaneConfig` and the process' `Logger` to every module. */
@Module({})
export class ConfigModule {
  /** @param name which process speaks in the log: `control-plane` or `worker` */
  static of(config: ControlPlaneConfig, name: string): DynamicModule {
    return {
      module: ConfigModule,
      global: true,
      providers: [
        { provide: ControlPlaneConfig, useValue: config },
        { provide: Logger, useValue: createLogger({ name, level: config.log.level }) },
      ],
      exports: [ControlPlaneConfig, Logger],
    };
  }
}
