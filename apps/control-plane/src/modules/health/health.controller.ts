import { Controller, Header, Req } from '@nestjs/common';
import type { CloseBreakerInput, FleetHealth, PlatformStatus } from '@trunkline/contracts/control-plane';
import type { FastifyRequest } from 'fastify';
import { Database } from '../../database/database.module.js';
import { type Actor, CurrentActor } from '../../http/actor.js';
import { BodyOf, Route } from '../../http/route.js';
import { closeBreaker } from './close-breaker.js';
import { FleetBreakers } from './fleet-breakers.js';
import { fleetHealth } from './fleet-health.js';
import { STATUS_KEPT_MS, StatusReader } from './status-reader.js';
import { VisitorLimit } from './visitor-limit.js';

const ASKS_PER_MINUTE = 120;

@Controller()
export class HealthController {
  private readonly visitors = new VisitorLimit(ASKS_PER_MINUTE);

  constructor(
    private readonly status: StatusReader,
    private readonly breakers: FleetBreakers,
    private readonly database: Database,
  ) {}

  @Route('getStatus')
  @Header('cache-control', `public, max-age=${STATUS_KEPT_MS / 1000}`)
  read(@Req() request: FastifyRequest): Promise<PlatformStatus> {
    this.visitors.count(request.ip, Date.now());
    return this.status.read();
  }

  @Route('getFleetHealth')
  fleet(): Promise<FleetHealth> {
    return fleetHealth(this.database, this.breakers);
  }

  @Route('closeBreaker')
  close(@CurrentActor() actor: Actor, @BodyOf('closeBreaker') { name }: CloseBreakerInput): Promise<void> {
    return closeBreaker(this.database, this.breakers, actor, name);
  }
}
