import type { UsageBucket } from '@trunkline/contracts';
import type { PriceRow } from './complete-prices.js';
import type { CatalogOffer, OfferPrices } from './offer-schema.js';
import { PRICE_FIELD_NAMES, PRICE_FIELDS, type PriceFieldName } from './price-fields.js';

/** One stated price: the field of the data file, the bucket that it prices, and nano-USD per million units. */
export interface OfferPriceLine {
  field: PriceFieldName;
  bucket: UsageBucket;
  nanoUsdPerMillion: bigint;
}

/** 00:00 UTC of a day. */
export function startOfDay(day: string): Date {
  return new Date(`${day}T00:00:00Z`);
}

/** Stated prices as lines, in the order of the price fields. */
export function priceLines(prices: OfferPrices): OfferPriceLine[] {
  return PRICE_FIELD_NAMES.flatMap((field) => {
    const text = prices[field];
    return text === undefined
      ? []
      : [{ field, bucket: PRICE_FIELDS[field].bucket, nanoUsdPerMillion: PRICE_FIELDS[field].parse(text) }];
  });
}

/** Stated prices by bucket. */
export function priceRow(prices: OfferPrices): PriceRow {
  return Object.fromEntries(priceLines(prices).map((line) => [line.bucket, line.nanoUsdPerMillion]));
}

/** The stated prices of an offer at a moment: its base prices, overlaid by the last scheduled row that has begun. */
export function pricesAt(offer: CatalogOffer, at: Date): OfferPrices {
  const begun = offer.schedule.filter((row) => row.from === null || startOfDay(row.from) <= at).at(-1);
  return begun ? { ...offer.prices, ...begun.prices } : offer.prices;
}

/**
 * Each price that a source states for an offer at a moment, for prompts of ordinary length at the hours of the base
 * price. Nothing is completed here.
 */
export function offerPriceLines(offer: CatalogOffer, at: Date): OfferPriceLine[] {
  return priceLines(pricesAt(offer, at));
}
