import { ENDPOINTS } from '@trunkline/contracts';
import { z } from 'zod';
import { PRICE_FIELD_NAMES } from './price-fields.js';

const decimal = z.string().regex(/^(0|[1-9]\d*)(\.\d+)?$/, 'a plain decimal string such as "0.075"');
const day = z.iso.date();
const hour = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day such as "06:00"');

/** Prices as the source says them: US dollars as decimal strings. An absent field is not sold or not known, never zero. */
export const offerPrices = z.partialRecord(z.enum(PRICE_FIELD_NAMES), decimal);
export type OfferPrices = z.infer<typeof offerPrices>;

/** Prices of a request whose input is longer than the bound: they hold for the whole request. */
const offerTier = z.strictObject({ aboveInputTokens: z.int().positive(), prices: offerPrices });

/** Prices from a day on (00:00 UTC); null is "until now". `knownUntil`: the source promises the price until then only. */
const scheduledPrices = z.strictObject({
  from: day.nullish().default(null),
  knownUntil: day.optional(),
  prices: offerPrices,
});

export const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

/** The prices are those of the peak hours; at all other hours each is multiplied by the factor. */
const timeOfDay = z.strictObject({
  peakUtc: z.array(z.strictObject({ from: hour, to: hour })).min(1),
  peakDays: z.array(z.enum(WEEKDAYS)).min(1),
  offPeakFactor: decimal,
});
export type TimeOfDay = z.infer<typeof timeOfDay>;

/** One provider's way of selling one model. */
export const catalogOffer = z.strictObject({
  provider: z.string(),
  /** The name to send. */
  providerModel: z.string().min(1),
  /** Other names for the same thing at this provider: dated versions, regional profiles. */
  otherNames: z.array(z.string().min(1)).default([]),
  /** Only `active` offers are routed to; `unverified` ones rest on old sources alone. */
  status: z.enum(['active', 'unverified', 'deprecated']),
  billing: z.enum(['paygo', 'free', 'free_trial']),
  endpoints: z.array(z.enum(ENDPOINTS)).min(1),
  /** Where the endpoints of this offer are stated, if not in the provider's `endpointSources`. */
  endpointsSource: z.string().min(1).optional(),
  /**
   * It goes on from an assistant message that ends the conversation. Claude does up to 4.5, and Mistral's own API where
   * the message says `prefix`.
   * https://docs.claude.com/en/docs/build-with-claude/prompt-engineering/prefill-claudes-response ·
   * https://docs.mistral.ai/capabilities/completion/usage
   */
  prefill: z.boolean().default(false),
  contextWindow: z.int().positive().nullable().default(null),
  maxOutputTokens: z.int().positive().nullable().default(null),
  prices: offerPrices,
  tiers: z.array(offerTier).default([]),
  schedule: z.array(scheduledPrices).default([]),
  timeOfDay: timeOfDay.optional(),
  /** USD a request by the amount of searching, beside the tokens. `prices.perRequest` is the lowest. */
  requestFeeBySearchContext: z.strictObject({ low: decimal, medium: decimal, high: decimal }).optional(),
  deprecation: z.strictObject({ reason: z.string().optional(), endDate: day.optional() }).optional(),
  notes: z.array(z.string()).default([]),
  /** Catalog and date of each reading. */
  sources: z.array(z.string().min(1)).min(1),
});
export type CatalogOffer = z.infer<typeof catalogOffer>;
