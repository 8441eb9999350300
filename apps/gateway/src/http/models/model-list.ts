import { Injectable } from '@nestjs/common';
import type { ModelProjection, PriceTerms } from '@trunkline/contracts';
import type { CandidateIndex } from '@trunkline/routing';
import type { Principal } from '../../pipeline/ports.js';
import { Projections } from '../../pipeline/ports.js';
import { RouteTables, type RouteView } from '../../pipeline/route-tables.js';

/** A model that can be called now, with the best offer's price and room. */
export interface ServedModel {
  readonly model: ModelProjection;
  readonly terms: PriceTerms;
  readonly contextWindow: number | null;
  readonly maxOutputTokens: number | null;
}

/** Prices change by the hour at some providers; a list is read again after this time. */
const FRESH_MS = 60_000;

interface KeptList {
  readonly builtMs: number;
  readonly models: readonly ServedModel[];
}

/** What a key can call: models with an active, priced offer of a configured provider that can be reached from here. */
@Injectable()
export class ModelList {
  /** By price plan; a list goes with the view that it was made from. */
  private readonly kept = new WeakMap<RouteView, Map<string, KeptList>>();

  constructor(
    private readonly projections: Projections,
    private readonly tables: RouteTables,
  ) {}

  /** In the order of their ids. */
  for(principal: Principal, nowMs: number): readonly ServedModel[] {
    const all = this.all(principal, nowMs);
    const allowed = principal.key?.allowedModels ?? [];
    return allowed.length === 0 ? all : all.filter(({ model }) => allowed.includes(model.id));
  }

  private all(principal: Principal, nowMs: number): readonly ServedModel[] {
    const { pricePlanId } = principal.organization;
    const view = this.tables.viewOf(this.projections.catalog(), principal, 'any');
    const lists = this.kept.get(view) ?? new Map<string, KeptList>();
    this.kept.set(view, lists);
    const kept = lists.get(pricePlanId);
    if (kept && nowMs - kept.builtMs < FRESH_MS) return kept.models;
    const models = servedModels(view, pricePlanId, nowMs);
    lists.set(pricePlanId, { builtMs: nowMs, models });
    return models;
  }
}

function servedModels({ catalog, index }: RouteView, pricePlanId: string, nowMs: number): ServedModel[] {
  const served: ServedModel[] = [];
  for (const model of catalog.models.values()) {
    for (const { offer } of bestFirst(index, model.id)) {
      const price = catalog.priceOf(offer.id, 'sell', pricePlanId, nowMs);
      if (!price) continue;
      served.push({
        model,
        terms: price.terms,
        contextWindow: offer.contextWindow ?? model.contextWindow,
        maxOutputTokens: offer.maxOutputTokens ?? model.maxOutputTokens,
      });
      break;
    }
  }
  return served.sort((left, right) => (left.model.id < right.model.id ? -1 : 1));
}

/** The maker's own offer tells the price where there is one; free offers only where nothing else is. */
function bestFirst(index: CandidateIndex, modelId: string) {
  const rank = ({ offer, isMakers }: { offer: { billing: string }; isMakers: boolean }) =>
    (offer.billing === 'paygo' ? 0 : 2) + (isMakers ? 0 : 1);
  return index.of(modelId).candidates.toSorted((left, right) => rank(left) - rank(right));
}
