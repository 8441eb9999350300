import { offerPrices } from '@trunkline/catalog';
import type { PriceOverride } from '@trunkline/contracts/control-plane';
import type { Database } from '../../database/database.module.js';
import { catalogOffer } from './catalog-offer.js';

/** Prices that operators set, where they are not the catalog's. */
export async function listPriceOverrides({ client }: Database): Promise<{ items: PriceOverride[] }> {
  const rows = await client.priceOverride.findMany({ orderBy: { offerId: 'asc' } });
  return {
    items: rows.map(({ offerId, prices, effectiveFrom, createdAt }) => ({
      offerId,
      prices: stated(prices),
      catalogPrices: stated(catalogOffer(offerId)?.prices ?? {}),
      effectiveFrom: effectiveFrom.toISOString(),
      createdAt: createdAt.toISOString(),
    })),
  };
}

/** The prices that are there, without the names of those that are not. */
export function stated(prices: unknown): Record<string, string> {
  return Object.fromEntries(
    Object.entries(offerPrices.parse(prices)).flatMap(([field, price]) => (price ? [[field, price]] : [])),
  );
}
