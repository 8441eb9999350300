import type { Usage } from '@trunkline/contracts';

/** Of one bucket in one answer: ten times the largest context window that any model has. */
const MOST_UNITS = 100_000_000;

/** What a provider reported; null where it cannot be true, so that it is counted as if nothing had been said. */
export function plausibleUsage(usage: Usage | null): Usage | null {
  if (usage === null || Object.values(usage).some((units) => units > MOST_UNITS)) return null;
  return usage;
}
