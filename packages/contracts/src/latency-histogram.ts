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
  const index = LATENCY_BOUNDS_MS.findIndex((bound) => latencyMs <= bound);
  return index === -1 ? LATENCY_BOUNDS_MS.length : index;
}

/**
 * A quantile in milliseconds, interpolated inside its bucket; null when nothing was counted. What lies above the last
 * bound is said as that bound.
 * @param counts one per bound and one for all above
 * @param quantile between 0 and 1
 */
export function latencyQuantile(counts: readonly bigint[], quantile: number): number | null {
  const total = counts.reduce((sum, count) => sum + count, 0n);
  if (total === 0n) return null;
  const rank = quantile * Number(total);
  let below = 0;
  for (const [index, count] of counts.entries()) {
    const upper = LATENCY_BOUNDS_MS[index];
    if (upper === undefined) break;
    const inside = Number(count);
    if (inside > 0 && below + inside >= rank) {
      const lower = LATENCY_BOUNDS_MS[index - 1] ?? 0;
      return lower + (upper - lower) * Math.max(0, (rank - below) / inside);
    }
    below += inside;
  }
  return LATENCY_BOUNDS_MS.at(-1) ?? null;
}
