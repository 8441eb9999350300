import { z } from 'zod';
import { nanoUsdString } from './money.js';
import { usageBucket } from './usage-buckets.js';

/** Nano-USD per million units, by bucket, as strings of digits. */
export const bucketPrices = z.partialRecord(usageBucket, nanoUsdString);
export type BucketPrices = z.infer<typeof bucketPrices>;

/** Prices for prompts longer than a bound: they hold for the whole request; a missing bucket keeps its base price. */
export const priceTier = z.strictObject({
  aboveInputTokens: z.int().nonnegative(),
  prices: bucketPrices,
});
export type PriceTier = z.infer<typeof priceTier>;

/** Hours of the day (UTC) in which every price is multiplied by a factor, given in millionths. */
export const priceHours = z.strictObject({
  /** Minutes after 00:00 UTC, inclusive. */
  fromMinute: z.int().min(0).max(1439),
  /** Minutes after 00:00 UTC, exclusive; smaller than `fromMinute` when the window passes midnight. */
  toMinute: z.int().min(0).max(1440),
  /** Days of the week on which the window begins, 0 is Sunday (UTC); every day when absent. */
  days: z.array(z.int().min(0).max(6)).optional(),
  factorPpm: z.int().positive(),
});
export type PriceHours = z.infer<typeof priceHours>;

/** Everything that decides a price, kept whole in each price version. */
export const priceTerms = z.strictObject({
  prices: bucketPrices,
  /** Buckets whose price was derived by the completion table at import, not stated by a source. */
  completed: z.array(usageBucket).default([]),
  /** Ascending by bound. */
  tiers: z.array(priceTier).default([]),
  hours: z.array(priceHours).default([]),
});
export type PriceTerms = z.infer<typeof priceTerms>;

export const PRICE_SIDES = ['buy', 'sell'] as const;
/** `buy`: what a provider charges us. `sell`: what a tenant of a plan pays, markup included. */
export type PriceSide = (typeof PRICE_SIDES)[number];
