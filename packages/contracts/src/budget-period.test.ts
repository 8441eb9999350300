import { describe, expect, it } from '@jest/globals';
import { budgetPeriodStart } from './budget-period.js';

describe('budgetPeriodStart', () => {
  it.each([
    ['day', '2026-11-22T23:59:59.999Z', '2026-11-22T00:00:00.000Z'],
    ['week', '2026-11-22T23:59:59.999Z', '2026-11-16T00:00:00.000Z'],
    ['week', '2026-11-23T00:00:00.000Z', '2026-11-23T00:00:00.000Z'],
    ['month', '2024-02-29T12:00:00.000Z', '2024-02-01T00:00:00.000Z'],
    ['total', '2026-11-22T00:00:00.000Z', '1970-01-01T00:00:00.000Z'],
  ] as const)('begins the %s of %s at %s', (period, at, start) => {
    expect(new Date(budgetPeriodStart(period, Date.parse(at))).toISOString()).toBe(start);
  });
});
