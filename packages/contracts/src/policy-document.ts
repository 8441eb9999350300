import { z } from 'zod';
import {
  alsoOnOption,
  hedgeOption,
  keepAliveOption,
  MAX_CLOCK_MS,
  rescueOption,
} from './failover-options.js';

const clockMs = z.int().min(1).max(MAX_CLOCK_MS).optional();
const MAX_FALLBACK_MODELS = 10;

/** What a policy says of failover. What it leaves out is as without a policy; a request's own words win over it. */
export const policyFailover = z.strictObject({
  connectMs: clockMs,
  headersMs: clockMs,
  firstTokenMs: clockMs,
  gapMs: clockMs,
  totalMs: clockMs,
  alsoOn: alsoOnOption.optional(),
  rescue: rescueOption.optional(),
  hedge: hedgeOption.optional(),
  keepAlive: keepAliveOption.optional(),
  /** Models that are asked when those of the request have no answer: catalog ids, in order. */
  fallbackModels: z
    .array(z.string().trim().min(1).max(200))
    .max(MAX_FALLBACK_MODELS)
    .refine((ids) => new Set(ids).size === ids.length, 'names a model twice')
    .optional(),
});
export type PolicyFailover = z.infer<typeof policyFailover>;

/**
 * A policy as people write it. Strict: a word that it does not know would otherwise have no effect without a word. Each
 * section is optional, so that sections can be added and older documents stay good.
 */
export const policyDocument = z.strictObject({ failover: policyFailover.optional() });
export type PolicyDocument = z.infer<typeof policyDocument>;
