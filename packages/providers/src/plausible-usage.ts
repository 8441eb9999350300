import type { FinishReason, Usage } from '@trunkline/contracts';

/** Of one bucket in one answer: ten times the largest context window that any model has. */
const MOST_UNITS = 100_000_000;

/** What a provider reported; null where it cannot be true, so that it is counted as if nothing had been said. */
export function plausibleUsage(usage: Usage | null, finishReason: FinishReason | null): Usage | null {
  if (usage === null || Object.values(usage).some((units) => units > MOST_UNITS)) return null;
  return saysNothing(usage) && finishReason !== 'content_filter' ? null : usage;
}

/**
 * No model answers without a token: counts of nothing stand for counts that nobody made. A filter that answers in its
 * place needs none.
 */
export function saysNothing(usage: Usage): boolean {
  return !Object.entries(usage).some(([bucket, units]) => bucket.includes('.') && units > 0);
}
