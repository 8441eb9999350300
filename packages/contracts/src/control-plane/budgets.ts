import { z } from 'zod';
import { uuid } from '../ids.js';
import { nanoUsdString } from '../money.js';
import { BUDGET_PERIODS } from '../projections.js';
import { organizationPath, positiveNanoUsd, timestamp } from './fields.js';
import { listOf } from './paging.js';
import { component } from './registry.js';

export const BUDGET_SCOPES = ['organization', 'project', 'key', 'member'] as const;

export const budget = component(
  'Budget',
  z.object({
    id: uuid,
    scope: z.enum(BUDGET_SCOPES),
    scopeId: uuid,
    /** Name of the project, key or member. */
    scopeName: z.string(),
    period: z.enum(BUDGET_PERIODS),
    limitNanoUsd: nanoUsdString,
    usedNanoUsd: nanoUsdString,
    /** Used ÷ limit in parts per million; may pass a million. */
    usedPpm: z.int(),
    /** UTC; weeks begin on Monday. Null for `total`. */
    periodStart: timestamp.nullable(),
    periodEnd: timestamp.nullable(),
    createdAt: timestamp,
  }),
);
export type Budget = z.infer<typeof budget>;
export const budgetList = listOf('BudgetList', budget);

export const budgetPath = organizationPath.extend({ budgetId: uuid });

export const createBudgetInput = z.strictObject({
  scope: z.enum(BUDGET_SCOPES),
  scopeId: uuid,
  period: z.enum(BUDGET_PERIODS),
  limitNanoUsd: positiveNanoUsd,
});
export type CreateBudgetInput = z.infer<typeof createBudgetInput>;

export const changeBudgetInput = z.strictObject({ limitNanoUsd: positiveNanoUsd });
export type ChangeBudgetInput = z.infer<typeof changeBudgetInput>;
