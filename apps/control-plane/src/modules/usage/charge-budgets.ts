import type { SqlConnection } from '@trunkline/prisma';
import type { UsageCall } from './read-usage-record.js';

const ADD = `
  INSERT INTO budget_charge AS kept (budget_id, period_start, wallet_id, charged_nano_usd)
  SELECT budget.id, row.period_start, row.wallet_id, row.cost
  FROM unnest($1::uuid[], $2::timestamptz[], $3::uuid[], $4::bigint[]) AS row (budget_id, period_start, wallet_id, cost)
  JOIN budget ON budget.id = row.budget_id
  ORDER BY budget.id, row.period_start
  ON CONFLICT (budget_id, period_start) DO UPDATE SET charged_nano_usd = kept.charged_nano_usd + excluded.charged_nano_usd`;

interface Charge {
  budgetId: string;
  periodStart: Date;
  walletId: string;
  costNanoUsd: bigint;
}

/**
 * Adds calls to the budgets and periods that were fixed when they were admitted. A budget that was removed since, with
 * its organization, is passed over.
 */
export async function chargeBudgets(client: SqlConnection, calls: readonly UsageCall[]): Promise<void> {
  const charges = new Map<string, Charge>();
  for (const { record, costNanoUsd } of calls) {
    if (costNanoUsd === 0n) continue;
    for (const { id, periodStartMs } of record.budgets) {
      const name = `${id} ${periodStartMs}`;
      const charge = charges.get(name);
      if (charge) charge.costNanoUsd += costNanoUsd;
      else {
        charges.set(name, {
          budgetId: id,
          periodStart: new Date(periodStartMs),
          walletId: record.walletId,
          costNanoUsd,
        });
      }
    }
  }
  if (charges.size === 0) return;
  const rows = [...charges.values()];
  await client.query(ADD, [
    rows.map((row) => row.budgetId),
    rows.map((row) => row.periodStart),
    rows.map((row) => row.walletId),
    rows.map((row) => row.costNanoUsd.toString()),
  ]);
}
