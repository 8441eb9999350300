import type { BudgetPeriod } from '@trunkline/contracts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** The period that a moment is in, in UTC; weeks begin on Monday. `total` has no bounds. */
export function budgetPeriod(period: BudgetPeriod, at: Date): { start: Date; end: Date } | null {
  const [year, month, day] = [at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate()];
  switch (period) {
    case 'day':
      return { start: new Date(Date.UTC(year, month, day)), end: new Date(Date.UTC(year, month, day + 1)) };
    case 'week': {
      const monday = Date.UTC(year, month, day) - ((at.getUTCDay() + 6) % 7) * DAY_MS;
      return { start: new Date(monday), end: new Date(monday + 7 * DAY_MS) };
    }
    case 'month':
      return { start: new Date(Date.UTC(year, month, 1)), end: new Date(Date.UTC(year, month + 1, 1)) };
    case 'total':
      return null;
  }
}
