import { priceTerms } from '@trunkline/contracts';
import type { PriceVersionRow } from '@trunkline/contracts/control-plane';
import type { Database } from '../../database/database.module.js';
import { notFound } from '../../http/api-error.js';

/** Enough for years of changes on both sides of several plans. */
const MOST_VERSIONS = 500;

/**
 * What an offer cost, costs and will cost, newest first.
 * @throws ApiError `not_found` for an offer that the price book does not have
 */
export async function listPriceVersions(
  { client }: Database,
  offerId: string,
): Promise<{ items: PriceVersionRow[] }> {
  const rows = await client.priceVersion.findMany({
    where: { offerId },
    orderBy: [{ effectiveFrom: 'desc' }, { side: 'asc' }, { id: 'desc' }],
    take: MOST_VERSIONS,
  });
  if (rows.length === 0) throw notFound('offer');
  return {
    items: rows.map(({ id, side, pricePlanId, effectiveFrom, effectiveTo, terms }) => {
      const { prices, completed, tiers, hours } = priceTerms.parse(terms);
      return {
        ...{ id, side, pricePlanId },
        effectiveFrom: effectiveFrom.toISOString(),
        effectiveTo: effectiveTo?.toISOString() ?? null,
        ...{ prices, completed, tiers, hours },
      };
    }),
  };
}
