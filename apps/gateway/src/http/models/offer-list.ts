import { Injectable } from '@nestjs/common';
import type { Candidate } from '@trunkline/routing';
import { CircuitBreakers } from '../../failover/circuit-breaker.js';
import { systemClock } from '../../failover/clock.js';
import { Projections, type Principal } from '../../pipeline/ports.js';
import { RouteTables } from '../../pipeline/route-tables.js';
import { HealthReports } from './health-reports.js';
import type { ServedOffer } from './model-endpoints.js';

/** The offers of a model that a key can reach, each entry once, whatever number of credentials it has. */
@Injectable()
export class OfferList {
  constructor(
    private readonly projections: Projections,
    private readonly tables: RouteTables,
    private readonly breakers: CircuitBreakers,
    private readonly reports: HealthReports,
  ) {}

  async of(principal: Principal, modelId: string, nowMs: number): Promise<ServedOffer[]> {
    const { catalog, index } = this.tables.viewOf(this.projections.catalog(), principal);
    const healthAt = await this.reports.of(modelId, nowMs);
    const offers = new Map<string, ServedOffer>();
    for (const candidate of index.of(modelId).candidates) {
      const { offer, entry, isOwn } = candidate;
      const price = catalog.priceOf(offer.id, 'sell', principal.organization.pricePlanId, nowMs);
      if (!price) continue;
      const name = `${offer.id}|${entry.id}`;
      const isOut = this.isOut(candidate) && (offers.get(name)?.isOut ?? true);
      // What other tenants' calls met says nothing of a tenant's own endpoint.
      const health = isOwn ? null : healthAt(offer.providerId);
      offers.set(name, { candidate, terms: price.terms, health, isOut });
    }
    return [...offers.values()];
  }

  private isOut({ key }: Candidate): boolean {
    return this.breakers.peek(key, systemClock.now()) === 'open';
  }
}
