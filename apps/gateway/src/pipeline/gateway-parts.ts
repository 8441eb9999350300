import { Injectable } from '@nestjs/common';
import { Logger } from '@trunkline/observability';
import { CircuitBreakers } from '../failover/circuit-breaker.js';
import { systemClock, type EngineClock } from '../failover/clock.js';
import { HedgeBudget } from '../failover/hedge-budget.js';
import { TargetSpeeds } from '../failover/target-speeds.js';
import { GatewayMetrics } from '../observability/gateway-metrics.js';
import { AccessTokens } from '../upstream/access-tokens.js';
import { Adapters } from '../upstream/adapters.js';
import { ConnectionPools } from '../upstream/connection-pools.js';
import { Admission, Projections, Settlement } from './ports.js';

/** What the engine works with: made once per process, handed to the stages that need it. */
@Injectable()
export class EngineParts {
  readonly clock: EngineClock = systemClock;

  constructor(
    readonly pools: ConnectionPools,
    readonly breakers: CircuitBreakers,
    readonly adapters: Adapters,
    readonly speeds: TargetSpeeds,
    readonly hedges: HedgeBudget,
    readonly tokens: AccessTokens,
  ) {}
}

/** Everything that the stages of a call need. */
@Injectable()
export class GatewayParts {
  constructor(
    readonly engine: EngineParts,
    readonly projections: Projections,
    readonly admission: Admission,
    readonly settlement: Settlement,
    readonly metrics: GatewayMetrics,
    readonly logger: Logger,
  ) {}

  get clock(): EngineClock {
    return this.engine.clock;
  }
}
