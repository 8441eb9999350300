import type { OfferProjection, PriceVersionProjection, ProviderEntryProjection } from '@trunkline/contracts';
import type { CatalogSnapshot } from '../pipeline/ports.js';
import type { CatalogRows } from './load-catalog.js';
import { PriceBook } from './price-book.js';

export interface CatalogParts extends CatalogRows {
  prices: PriceVersionProjection[];
  entries: ProviderEntryProjection[];
}

/** Makes the immutable reading that stages hold for the time of a call. */
export function catalogSnapshot(parts: CatalogParts, revision: bigint): CatalogSnapshot {
  const prices = new PriceBook(parts.prices);
  const entries = parts.entries.filter((entry) => entry.enabled);
  return {
    revision,
    models: new Map(parts.models.map((model) => [model.id, model])),
    offersByModel: groupBy(parts.offers, (offer: OfferProjection) => offer.modelId),
    names: new Map(parts.names.map((name) => [name.name, name])),
    entries: groupBy(
      entries.filter((entry) => entry.organizationId === null),
      (entry) => entry.providerId,
    ),
    ownEntries: groupBy(
      entries.filter((entry) => entry.organizationId !== null),
      (entry) => entry.organizationId ?? '',
    ),
    priceOf: (offerId, side, pricePlanId, atMs) => prices.at(offerId, side, pricePlanId, atMs),
  };
}

function groupBy<T>(rows: readonly T[], keyOf: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group) group.push(row);
    else groups.set(keyOf(row), [row]);
  }
  return groups;
}
