import { budgetPeriodStart } from '@trunkline/contracts';
import type { WalletBudget, WalletScope } from '@trunkline/wallet-state';
import type { Principal } from '../pipeline/ports.js';

/** Scopes whose requests are limited: the organization and the key. */
export function scopesOf({ organization, key }: Principal): WalletScope[] {
  const scopes: WalletScope[] = [];
  for (const { id, limits } of key ? [organization, key] : [organization]) {
    if (limits.requestsPerMinute !== null || limits.maxConcurrency !== null) scopes.push({ id, ...limits });
  }
  return scopes;
}

/** Every budget on the call's path with the period that is under way: organization, project, key and member. */
export function budgetsOf({ organization, project, key, member }: Principal, nowMs: number): WalletBudget[] {
  const budgets: WalletBudget[] = [];
  for (const scope of [organization, project, key, member]) {
    for (const { id, period, limitNanoUsd } of scope?.budgets ?? []) {
      budgets.push({ id, limitNanoUsd, periodStartMs: budgetPeriodStart(period, nowMs) });
    }
  }
  return budgets;
}
