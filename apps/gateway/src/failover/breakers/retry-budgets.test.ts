import { describe, expect, it } from '@jest/globals';
import { FREE_RETRIES, RetryBudgets } from './retry-budgets.js';

/** Calls that each retry once where they may. @returns how often they did */
function retries(
  budgets: RetryBudgets,
  calls: number,
  organization: string,
  target: string,
  nowMs = 0,
): number {
  let done = 0;
  for (let call = 0; call < calls; call += 1) {
    const own = budgets.ofCall(organization, nowMs);
    own.attempted(target, nowMs);
    if (!own.mayRetry(target, nowMs)) continue;
    own.retried(target, nowMs);
    done += 1;
  }
  return done;
}

describe('RetryBudgets', () => {
  it('let an outage grow by a fifth and no more, once what is free is spent', () => {
    const done = retries(new RetryBudgets(), 1_000, 'one', 'a');
    expect(done).toBeGreaterThanOrEqual(FREE_RETRIES + 190);
    expect(done).toBeLessThanOrEqual(FREE_RETRIES + 201);
  });

  it('leave few calls alone', () => {
    expect(retries(new RetryBudgets(), FREE_RETRIES, 'one', 'a')).toBe(FREE_RETRIES);
  });

  it('are of one organization and one target', () => {
    const budgets = new RetryBudgets();
    retries(budgets, 500, 'one', 'a');
    expect(retries(budgets, 10, 'one', 'b')).toBeLessThanOrEqual(3);
    expect(retries(budgets, 10, 'two', 'a')).toBeLessThanOrEqual(3);
    expect(retries(budgets, 10, 'two', 'b')).toBe(10);
  });

  it('are new after ten seconds', () => {
    const budgets = new RetryBudgets();
    retries(budgets, 500, 'one', 'a');
    expect(retries(budgets, FREE_RETRIES, 'one', 'a', 11_000)).toBe(FREE_RETRIES);
  });
});
