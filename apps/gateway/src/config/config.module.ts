import { type DynamicModule, Module } from '@nestjs/common';
import { createLogger, Logger } from '@trunkline/observability';
import { AddressGuard } from '@trunkline/outbound';
import { GatewayConfig } from './environment.js';

/** Gives `GatewayConfig`, the process' `Logger` and the guard of tenants' addresses to every module. */
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
        { provide: AddressGuard, useValue: config.allowedAddresses },
      ],
      exports: [GatewayConfig, Logger, AddressGuard],
    };
  }
}
