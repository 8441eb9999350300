import type { Usage } from '@trunkline/contracts';

/** Of one bucket in one answer: ten times the largest context window that any model has. */
const MOST_UNITS = 100_000_000;

/** What a provider reported; null where it cannot be true, so that it is counted as if nothing had been said. */
export function plausibleUsage(usage: Usage | null): Usage | null {
  if (usage === null || saysNothing(usage) || Object.values(usage).some((units) => units > MOST_UNITS))
    return null;
  return usage;
}

/** There is no answer without a token: counts of nothing stand for counts that somebody did not make. */
export function saysNothing(usage: Usage): boolean {
  return !Object.entries(usage).some(([bucket, units]) => bucket.includes('.') && units > 0);
}
