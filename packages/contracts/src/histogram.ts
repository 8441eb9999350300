/** Place in a histogram's counts of a value: the first bound that is not below it, or one past the last. */
export function histogramPlace(bounds: readonly number[], value: number): number {
  const index = bounds.findIndex((bound) => value <= bound);
  return index === -1 ? bounds.length : index;
}

/**
 * A quantile in the unit of the bounds, interpolated inside its bucket; null when nothing was counted. What lies above
 * the last bound is said as that bound.
 * @param counts one per bound and one for all above
 * @param quantile between 0 and 1
 */
export function histogramQuantile(
  bounds: readonly number[],
  counts: readonly bigint[],
  quantile: number,
): number | null {
  const total = counts.reduce((sum, count) => sum + count, 0n);
  if (total === 0n) return null;
  const rank = quantile * Number(total);
  let below = 0;
  for (const [index, count] of counts.entries()) {
    const upper = bounds[index];
    if (upper === undefined) break;
    const inside = Number(count);
    if (inside > 0 && below + inside >= rank) {
      const lower = bounds[index - 1] ?? 0;
      return lower + (upper - lower) * Math.max(0, (rank - below) / inside);
    }
    below += inside;
  }
  return bounds.at(-1) ?? null;
}
