import { z } from 'zod';

/** What requests of every endpoint may say about where they go and how long they may take. */

const strings = z.array(z.string());
const jsonObject = z.record(z.string(), z.unknown());

export const providerPreferences = z.looseObject({
  order: strings.nullish(),
  only: strings.nullish(),
  ignore: strings.nullish(),
  allow_fallbacks: z.boolean().nullish(),
  require_parameters: z.boolean().nullish(),
  sort: z.union([z.string(), jsonObject]).nullish(),
  max_price: z.record(z.string(), z.union([z.string(), z.number()])).nullish(),
  quantizations: strings.nullish(),
  data_collection: z.string().nullish(),
});

/** A day: longer than any call may take. */
const timeoutMs = z.int().positive().max(86_400_000);

/** Strict, unlike all else: what it asks for would otherwise not happen without a word. */
export const trunklineOptions = z.strictObject({
  timeouts: z
    .strictObject({
      connectMs: timeoutMs.optional(),
      headersMs: timeoutMs.optional(),
      firstTokenMs: timeoutMs.optional(),
      gapMs: timeoutMs.optional(),
      totalMs: timeoutMs.optional(),
    })
    .optional(),
  rescue: z
    .union([
      z.boolean(),
      z.strictObject({
        holdBackTokens: z.int().min(0).max(10_000).optional(),
        holdBackMs: z.int().min(0).max(60_000).optional(),
      }),
    ])
    .optional(),
  hedge: z.union([z.boolean(), z.strictObject({ afterMs: z.int().min(1).max(600_000) })]).optional(),
  alsoOn: z.array(z.enum(['invalid_output'])).optional(),
  cache: z.union([z.boolean(), z.string()]).optional(),
  keepAlive: z.enum(['early', 'commit']).optional(),
});

/** Fields that mean the same in the request of every endpoint. */
export const routingFields = {
  model: z.string().nullish(),
  models: strings.nullish(),
  user: z.string().nullish(),
  metadata: jsonObject.nullish(),
  provider: providerPreferences.nullish(),
  trunkline: trunklineOptions.nullish(),
};

/** They alone, as a schema gives them. */
export type RoutingFields = z.infer<z.ZodObject<typeof routingFields>>;
