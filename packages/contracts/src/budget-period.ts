import type { BudgetPeriod } from './projections.js';

const DAY_MS = 86_400_000;
/** 1 January 1970 was a Thursday; the first Monday came four days later. */
const FIRST_MONDAY_MS = 4 * DAY_MS;

/**
 * When the period of a budget began that is under way at `atMs`, in Unix milliseconds: the day, the week (from Monday)
 * or the month in UTC. `total` has one period, from 0.
 */
export function budgetPeriodStart(period: BudgetPeriod, atMs: number): number {
  switch (period) {
    case 'day':
      return atMs - (atMs % DAY_MS);
    case 'week':
      return atMs - ((((atMs - FIRST_MONDAY_MS) % (7 * DAY_MS)) + 7 * DAY_MS) % (7 * DAY_MS));
    case 'month': {
      const at = new Date(atMs);
      return Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), 1);
    }
    case 'total':
      return 0;
  }
}
