import { type DynamicModule, Module } from '@nestjs/common';
import { createLogger, Logger } from '@trunkline/observability';
import { GatewayConfig } from './environment.js';

/** Gives `GatewayConfig` and the process' `Logger` to every module. */
@Module({})
export class ConfigModule {
  static of(config: GatewayConfig): DynamicModule {
    const logger = createLogger({ name: `gateway-${config.node.slot}`, level: config.log.level });
    return {
      module: ConfigModule,
      global: true,
      providers: [
        { provide: GatewayConfig, useValue: config },
        { provide: Logger, useValue: logger },
      ],
      exports: [GatewayConfig, Logger],
    };
  }
}
