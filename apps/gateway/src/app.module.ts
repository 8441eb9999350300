import { type DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { AdminServer } from './admin/admin-server.js';
import { BackgroundResponses } from './background/background-responses.js';
import { BackgroundRunner } from './background/background-runner.js';
import { BackgroundStore } from './background/background-store.js';
import { KnownResponses } from './background/known-responses.js';
import { ConfigModule } from './config/config.module.js';
import type { GatewayConfig } from './config/environment.js';
import { BreakerSharing } from './failover/breakers/breaker-sharing.js';
import { ResponseStore } from './doors/responses/response-store.js';
import { TokenCounter } from './doors/token-counter.js';
import { CircuitBreakers } from './failover/circuit-breaker.js';
import { HedgeBudget } from './failover/hedge-budget.js';
import { TargetSpeeds } from './failover/target-speeds.js';
import { BodyBudget } from './http/body-budget.js';
import { ChatCompletionsController } from './http/chat-completions.controller.js';
import { CompletionsController } from './http/completions.controller.js';
import { CountTokensController } from './http/count-tokens.controller.js';
import { EndpointsController } from './http/endpoints.controller.js';
import { HealthController } from './http/health/health.controller.js';
import { NodeHealth } from './http/health/node-health.js';
import { ProcessHealth } from './http/health/process-health.js';
import { MessagesController } from './http/messages.controller.js';
import { HealthReports } from './http/models/health-reports.js';
import { ModelList } from './http/models/model-list.js';
import { ModelsController } from './http/models/models.controller.js';
import { OfferList } from './http/models/offer-list.js';
import { OpenAiErrorFilter } from './http/openai-error.filter.js';
import { RequestHooks } from './http/request-hooks.js';
import { ResponsesController } from './http/responses/responses.controller.js';
import { StoredResponsesController } from './http/responses/stored-responses.controller.js';
import { StoredController } from './http/stored/stored.controller.js';
import { RunningRequests } from './http/running-requests.js';
import { LimitsModule } from './limits/limits.module.js';
import { GatewayMetrics } from './observability/gateway-metrics.js';
import { EngineParts, GatewayParts } from './pipeline/gateway-parts.js';
import { EndpointPipeline } from './pipeline/endpoint-pipeline.js';
import { ChatPipeline } from './pipeline/pipeline.js';
import { RouteTables } from './pipeline/route-tables.js';
import { ProjectionsModule } from './projections/projections.module.js';
import { AccessTokens } from './upstream/access-tokens.js';
import { Adapters } from './upstream/adapters.js';
import { ConnectionPools } from './upstream/connection-pools.js';
import { ControlPlane } from './upstream/control-plane.js';
import { UsageModule } from './usage/usage.module.js';

@Module({})
export class AppModule {
  static of(config: GatewayConfig): DynamicModule {
    return {
      module: AppModule,
      imports: [ConfigModule.of(config), ProjectionsModule, LimitsModule, UsageModule],
      controllers: [
        ChatCompletionsController,
        CompletionsController,
        CountTokensController,
        HealthController,
        MessagesController,
        ModelsController,
        ResponsesController,
        EndpointsController,
        StoredController,
        StoredResponsesController,
      ],
      providers: [
        { provide: APP_FILTER, useClass: OpenAiErrorFilter },
        AccessTokens,
        AdminServer,
        Adapters,
        BackgroundResponses,
        BackgroundRunner,
        BackgroundStore,
        BodyBudget,
        BreakerSharing,
        ChatPipeline,
        CircuitBreakers,
        ConnectionPools,
        ControlPlane,
        EndpointPipeline,
        EngineParts,
        GatewayMetrics,
        GatewayParts,
        HealthReports,
        ModelList,
        HedgeBudget,
        KnownResponses,
        NodeHealth,
        OfferList,
        ProcessHealth,
        RequestHooks,
        ResponseStore,
        RouteTables,
        RunningRequests,
        TargetSpeeds,
        TokenCounter,
      ],
    };
  }
}
