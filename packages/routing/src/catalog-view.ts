import type {
  ModelProjection,
  NameProjection,
  OfferProjection,
  PriceVersionProjection,
  ProviderEntryProjection,
} from '@trunkline/contracts';

/**
 * What the planner reads of a catalog snapshot. Immutable: a change is a new object, and what was compiled for the old
 * one goes with it.
 */
export interface RoutingCatalog {
  readonly models: ReadonlyMap<string, ModelProjection>;
  readonly offersByModel: ReadonlyMap<string, readonly OfferProjection[]>;
  readonly names: ReadonlyMap<string, NameProjection>;
  /** Enabled entries by provider id. */
  readonly entries: ReadonlyMap<string, readonly ProviderEntryProjection[]>;
  priceOf(
    offerId: string,
    side: 'buy' | 'sell',
    pricePlanId: string | null,
    atMs: number,
  ): PriceVersionProjection | null;
}

/** What shared code may ask about providers without knowing one by name. */
export interface ProviderFacts {
  /** Whether the entry has an adapter through which the offer can be reached from this door. */
  reaches(entry: ProviderEntryProjection, offer: OfferProjection): boolean;
  /** Whether nothing can be sent without a credential. */
  needsCredential(entry: ProviderEntryProjection): boolean;
  /** Whether the provider belongs to the model's maker. */
  isMaker(author: string, providerId: string): boolean;
}
