import { type DynamicModule, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { ConfigModule } from './config/config.module.js';
import type { ControlPlaneConfig } from './config/environment.js';
import { DatabaseModule } from './database/database.module.js';
import { AccessGuard } from './http/access.guard.js';
import { MailModule } from './mail/mail.module.js';
import { AnalyticsModule } from './modules/analytics/index.js';
import { ApiKeysModule } from './modules/api-keys/index.js';
import { AuditModule } from './modules/audit/index.js';
import { BudgetsModule } from './modules/budgets/index.js';
import { CallsModule } from './modules/calls/index.js';
import { HealthModule } from './modules/health/index.js';
import { MembersModule } from './modules/members/index.js';
import { ModelsModule } from './modules/models/index.js';
import { OperatorModule } from './modules/operator/index.js';
import { OrganizationsModule } from './modules/organizations/index.js';
import { OwnProvidersModule } from './modules/own-providers/index.js';
import { PlaygroundModule } from './modules/playground/index.js';
import { PoliciesModule } from './modules/policies/index.js';
import { PriceBookModule } from './modules/price-book/index.js';
import { ProjectsModule } from './modules/projects/index.js';
import { SignInModule } from './modules/sign-in/index.js';
import { SimulatorModule } from './modules/simulator/index.js';
import { WalletModule } from './modules/wallet/index.js';

/** The HTTP side of the control plane. */
@Module({})
export class AppModule {
  static of(config: ControlPlaneConfig): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule.of(config, 'control-plane'),
        DatabaseModule,
        MailModule,
        SignInModule,
        OrganizationsModule,
        ProjectsModule,
        MembersModule,
        ApiKeysModule,
        PoliciesModule,
        BudgetsModule,
        OwnProvidersModule,
        PlaygroundModule,
        CallsModule,
        AnalyticsModule,
        WalletModule,
        ModelsModule,
        HealthModule,
        AuditModule,
        SimulatorModule,
        OperatorModule,
        PriceBookModule,
      ],
      providers: [{ provide: APP_GUARD, useClass: AccessGuard }],
    };
  }
}
