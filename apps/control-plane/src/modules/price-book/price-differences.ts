import type { CatalogOffer } from '@trunkline/catalog';
import type { ChangePricesInput, PriceChangeResult } from '@trunkline/contracts/control-plane';
import { stated } from './list-price-overrides.js';

type Change = ChangePricesInput['changes'][number];
type Difference = PriceChangeResult['changes'][number];

/** What an operator set before. */
export interface SetBefore {
  readonly prices: unknown;
  readonly effectiveFrom: Date;
}

/** What a change does to what a provider charges, field by field; `effectiveFrom` where an announced price moves. */
export function priceDifferences(
  { offerId, prices, effectiveFrom }: Change,
  offer: CatalogOffer,
  before: SetBefore | undefined,
  now: Date,
): Difference[] {
  const was = { ...stated(offer.prices), ...stated(before?.prices ?? {}) };
  const is = { ...stated(offer.prices), ...prices };
  const differences: Difference[] = [...new Set([...Object.keys(was), ...Object.keys(is)])]
    .filter((field) => was[field] !== is[field])
    .map((field) => ({ offerId, field, from: was[field] ?? null, to: is[field] ?? null }));
  const from = before?.effectiveFrom.toISOString();
  const to = new Date(effectiveFrom ?? now).toISOString();
  if (prices !== null && before && before.effectiveFrom > now && from !== undefined && from !== to)
    differences.push({ offerId, field: 'effectiveFrom', from, to });
  return differences;
}
