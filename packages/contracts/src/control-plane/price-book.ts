import { z } from 'zod';
import { PRICE_SIDES, priceHours } from '../price-version.js';
import { timestamp } from './fields.js';
import { listOf } from './paging.js';
import { component } from './registry.js';

/** US dollars by the catalog's price fields (`input`, `output`, `cacheRead`, …), as decimal strings. */
const prices = z.record(z.string().max(40), z.string().max(40));

export const priceOverride = component(
  'PriceOverride',
  z.object({
    /** `<model id>@<provider id>`. */
    offerId: z.string(),
    prices,
    /** What the catalog says of the same offer. */
    catalogPrices: prices,
    effectiveFrom: timestamp,
    createdAt: timestamp,
  }),
);
export type PriceOverride = z.infer<typeof priceOverride>;
export const priceOverrideList = listOf('PriceOverrideList', priceOverride);

/** Nano-USD per million units by bucket, as strings of digits. */
const bucketPrices = z.record(z.string(), z.string());

export const listPriceVersionsQuery = z.strictObject({ offerId: z.string().min(3).max(300) });
export type ListPriceVersionsQuery = z.infer<typeof listPriceVersionsQuery>;

export const priceVersionRow = component(
  'PriceVersion',
  z.object({
    id: z.string(),
    side: z.enum(PRICE_SIDES),
    /** Plan of a sell price. */
    pricePlanId: z.string().nullable(),
    effectiveFrom: timestamp,
    /** Null while no other follows. */
    effectiveTo: timestamp.nullable(),
    prices: bucketPrices,
    /** Buckets whose price no source states: it follows from that of another. */
    completed: z.array(z.string()),
    /** Prices of longer prompts, ascending. */
    tiers: z.array(z.object({ aboveInputTokens: z.int(), prices: bucketPrices })),
    hours: z.array(priceHours),
  }),
);
export type PriceVersionRow = z.infer<typeof priceVersionRow>;
export const priceVersionList = listOf('PriceVersionList', priceVersionRow);

export const changePricesInput = z.strictObject({
  changes: z
    .array(
      z.strictObject({
        offerId: z.string().min(3).max(300),
        /** What the provider charges; fields that are missing stay the catalog's. Null takes all back to the catalog's. */
        prices: prices.nullable(),
        /** Now when missing; never before now. */
        effectiveFrom: timestamp.nullable().default(null),
      }),
    )
    .min(1)
    .max(500),
  /** False tells what would change. */
  apply: z.boolean().default(false),
});
export type ChangePricesInput = z.infer<typeof changePricesInput>;

export const priceChangeResult = component(
  'PriceChangeResult',
  z.object({
    changes: z.array(
      z.object({
        offerId: z.string(),
        field: z.string(),
        from: z.string().nullable(),
        to: z.string().nullable(),
      }),
    ),
    applied: z.boolean(),
  }),
);
export type PriceChangeResult = z.infer<typeof priceChangeResult>;
