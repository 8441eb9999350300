import { z } from 'zod';
import type { AttemptOutcome } from './outcomes.js';

/**
 * Upper bounds in tokens per second of the throughput histograms in `attempt_rollup`; one count more is kept for all
 * above the last. Stored counts mean these bounds: a change needs a migration that rewrites them.
 */
export const THROUGHPUT_BOUNDS = [
  1, 2, 5, 10, 15, 20, 30, 40, 50, 75, 100, 150, 200, 300, 500, 1_000,
] as const;

/**
 * What an attempt says of its provider: it answered (`ok`), it did not or not as it should (`down`), it would not
 * (`refused`: a rate limit, or trouble with our account), or nothing, since request or client decided.
 */
export const HEALTH_OF_OUTCOME = {
  success: 'ok',
  transport: 'down',
  timeout: 'down',
  overloaded: 'down',
  server_error: 'down',
  model_unavailable: 'down',
  malformed: 'down',
  truncated: 'down',
  empty: 'down',
  rate_limited: 'refused',
  credential_rejected: 'refused',
  quota_exhausted: 'refused',
  invalid_output: 'nothing',
  context_length: 'nothing',
  content_policy: 'nothing',
  invalid_request: 'nothing',
  cancelled: 'nothing',
} as const satisfies Record<AttemptOutcome, 'ok' | 'down' | 'refused' | 'nothing'>;

/** Times over which health is told, in seconds. */
export const HEALTH_WINDOWS = { '5m': 300, '30m': 1_800, '1h': 3_600, '24h': 86_400 } as const;
export type HealthWindow = keyof typeof HEALTH_WINDOWS;

const share = z.int().min(0).max(1_000_000);
const percentiles = z.object({
  p50: z.number(),
  p75: z.number(),
  p90: z.number(),
  p95: z.number(),
  p99: z.number(),
});
export type Percentiles = z.infer<typeof percentiles>;

export const healthFigures = z.object({
  /** Attempts that say something of the provider. */
  attempts: z.int().nonnegative(),
  /** Of those that were not refused, how many per million were answered; null without any. */
  uptimePpm: share.nullable(),
  /** Per million, how many failed for whatever reason. */
  errorPpm: share.nullable(),
  /** Of streams, milliseconds. */
  firstTokenMs: percentiles.nullable(),
  /** Of streams, from the first token to the last; p99 is what 99 % of them reach. */
  tokensPerSecond: percentiles.nullable(),
});
export type HealthFigures = z.infer<typeof healthFigures>;

/** By window; one without an attempt is not there. */
export const healthByWindow = z.object({
  '5m': healthFigures.optional(),
  '30m': healthFigures.optional(),
  '1h': healthFigures.optional(),
  '24h': healthFigures.optional(),
});
export type HealthByWindow = z.infer<typeof healthByWindow>;

/** How a provider's model did on this platform; both ids of the catalog. */
export const targetHealth = z.object({
  providerId: z.string(),
  modelId: z.string(),
  windows: healthByWindow,
});
export type TargetHealth = z.infer<typeof targetHealth>;

/** What workers publish for gateways, at {@link HEALTH_KEY}. */
export const healthReport = z.object({ madeAtMs: z.int(), targets: z.array(targetHealth) });
export type HealthReport = z.infer<typeof healthReport>;

/** Redis key of the last {@link HealthReport}, as JSON. */
export const HEALTH_KEY = 'trunkline:health';
