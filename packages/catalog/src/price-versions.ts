import type { BucketPrices, PriceTerms } from '@trunkline/contracts';
import { completePrices, type CompletedBucket, type PriceRow } from './complete-prices.js';
import { offPeakHours } from './off-peak-hours.js';
import { priceRow, startOfDay } from './offer-prices.js';
import type { CatalogOffer, OfferPrices } from './offer-schema.js';

/** Buy prices of an offer from a moment on, until the next version. */
export interface OfferPriceVersion {
  /** Null: since ever, as far as the sources know. */
  effectiveFrom: Date | null;
  terms: PriceTerms;
}

function asStrings(row: PriceRow): BucketPrices {
  return Object.fromEntries(Object.entries(row).map(([bucket, price]) => [bucket, price.toString()]));
}

/** A tier's stated prices, with those derived ones that follow a price which the tier changes. */
function tierPrices(tier: OfferPrices, completed: readonly CompletedBucket[]): BucketPrices {
  const row = priceRow(tier);
  const derived: PriceRow = {};
  for (const { bucket, from } of completed) {
    const price = row[from];
    if (price !== undefined) derived[bucket] = price;
  }
  return asStrings({ ...derived, ...row });
}

function termsOf(offer: CatalogOffer, prices: OfferPrices): PriceTerms {
  const { prices: row, completed } = completePrices(priceRow(prices));
  return {
    prices: asStrings(row),
    completed: completed.map(({ bucket }) => bucket),
    tiers: offer.tiers.map((tier) => ({
      aboveInputTokens: tier.aboveInputTokens,
      prices: tierPrices(tier.prices, completed),
    })),
    hours: offer.timeOfDay ? offPeakHours(offer.timeOfDay) : [],
  };
}

/**
 * All price versions of an offer that its sources know, in the order in which they take effect, each completed to all
 * token buckets. The first has no beginning, since sources tell today's price and what follows, not when it began.
 */
export function offerPriceVersions(offer: CatalogOffer): OfferPriceVersion[] {
  if (offer.schedule.length === 0) return [{ effectiveFrom: null, terms: termsOf(offer, offer.prices) }];
  return offer.schedule.map((row, index) => ({
    effectiveFrom: index === 0 || row.from === null ? null : startOfDay(row.from),
    terms: termsOf(offer, { ...offer.prices, ...row.prices }),
  }));
}
