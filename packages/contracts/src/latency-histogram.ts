import { histogramPlace, histogramQuantile } from './histogram.js';

/**
 * Upper bounds in milliseconds of the latency histograms in `usage_rollup`; one count more is kept for all above the
 * last. Stored counts mean these bounds: a change needs a migration that rewrites them.
 */
export const LATENCY_BOUNDS_MS = [
  5, 10, 20, 35, 50, 75, 100, 150, 200, 300, 400, 600, 800, 1_000, 1_500, 2_000, 3_000, 4_000, 6_000, 10_000,
  15_000, 30_000, 60_000, 120_000,
] as const;

/** Place in a histogram's counts of a latency: the first bound that is not below it. */
export function latencyBucket(latencyMs: number): number {
  return histogramPlace(LATENCY_BOUNDS_MS, latencyMs);
}

/**
 * A quantile in milliseconds, interpolated inside its bucket; null when nothing was counted. What lies above the last
 * bound is said as that bound.
 * @param counts one per bound and one for all above
 * @param quantile between 0 and 1
 */
export function latencyQuantile(counts: readonly bigint[], quantile: number): number | null {
  return histogramQuantile(LATENCY_BOUNDS_MS, counts, quantile);
}
