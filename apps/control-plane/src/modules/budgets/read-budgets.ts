import type { Budget } from '@trunkline/contracts/control-plane';
import type { Prisma, Transaction } from '@trunkline/prisma';
import { budgetPeriod } from './budget-period.js';

/** Live budgets of a scoped client, with what their present period has used. */
export async function readBudgets(scoped: Transaction, where: Prisma.BudgetWhereInput): Promise<Budget[]> {
  const rows = await scoped.budget.findMany({
    where: { ...where, archivedAt: null },
    orderBy: { id: 'asc' },
  });
  if (rows.length === 0) return [];
  const now = new Date();
  const [charges, names] = await Promise.all([
    scoped.budgetCharge.findMany({
      where: { OR: rows.map(({ id, period }) => currentCharges(id, budgetPeriod(period, now))) },
      select: { budgetId: true, chargedNanoUsd: true },
    }),
    scopeNames(scoped, rows),
  ]);
  const used = new Map<string, bigint>();
  for (const { budgetId, chargedNanoUsd } of charges) {
    used.set(budgetId, (used.get(budgetId) ?? 0n) + chargedNanoUsd);
  }
  return rows.map((row) => {
    const bounds = budgetPeriod(row.period, now);
    const usedNanoUsd = used.get(row.id) ?? 0n;
    return {
      id: row.id,
      scope: row.scope,
      scopeId: row.scopeId,
      scopeName: names.get(row.scopeId) ?? '',
      period: row.period,
      limitNanoUsd: row.limitNanoUsd.toString(),
      usedNanoUsd: usedNanoUsd.toString(),
      usedPpm: row.limitNanoUsd > 0n ? Number((usedNanoUsd * 1_000_000n) / row.limitNanoUsd) : 1_000_000,
      periodStart: bounds?.start.toISOString() ?? null,
      periodEnd: bounds?.end.toISOString() ?? null,
      createdAt: row.createdAt.toISOString(),
    };
  });
}

function currentCharges(
  budgetId: string,
  bounds: { start: Date; end: Date } | null,
): Prisma.BudgetChargeWhereInput {
  return bounds ? { budgetId, periodStart: { gte: bounds.start, lt: bounds.end } } : { budgetId };
}

async function scopeNames(scoped: Transaction, rows: readonly { scope: string; scopeId: string }[]) {
  const idsOf = (scope: string) => rows.filter((row) => row.scope === scope).map(({ scopeId }) => scopeId);
  const byName = { id: true, name: true } as const;
  const [organizations, projects, keys, members] = await Promise.all([
    scoped.organization.findMany({ where: { id: { in: idsOf('organization') } }, select: byName }),
    scoped.project.findMany({ where: { id: { in: idsOf('project') } }, select: byName }),
    scoped.apiKey.findMany({ where: { id: { in: idsOf('key') } }, select: byName }),
    scoped.member.findMany({
      where: { id: { in: idsOf('member') } },
      select: { id: true, user: { select: { name: true } } },
    }),
  ]);
  const named = [
    ...organizations,
    ...projects,
    ...keys,
    ...members.map(({ id, user }) => ({ id, name: user.name })),
  ];
  return new Map(named.map(({ id, name }) => [id, name]));
}
