import type { Budget, ChangeBudgetInput, CreateBudgetInput } from '@trunkline/contracts/control-plane';
import { forOrganization, type Transaction } from '@trunkline/prisma';
import { uuidv7 } from 'uuidv7';
import { changeAsMember } from '../../database/change.js';
import type { Database } from '../../database/database.module.js';
import type { MemberActor } from '../../http/actor.js';
import { ApiError, notFound } from '../../http/api-error.js';
import { readBudgets } from './read-budgets.js';

export async function listBudgets({ client }: Database, actor: MemberActor): Promise<{ items: Budget[] }> {
  return { items: await readBudgets(forOrganization(client, actor.organizationId), {}) };
}

async function getBudget({ client }: Database, actor: MemberActor, id: string): Promise<Budget> {
  const [budget] = await readBudgets(forOrganization(client, actor.organizationId), { id });
  if (!budget) throw notFound('budget');
  return budget;
}

export async function createBudget(
  database: Database,
  actor: MemberActor,
  input: CreateBudgetInput,
): Promise<Budget> {
  const id = uuidv7();
  await changeAsMember(database, actor, 'admin', async (tx, trail) => {
    await requireScope(tx, actor, input);
    const { scope, scopeId, period } = input;
    if (await tx.budget.count({ where: { scope, scopeId, period, archivedAt: null } })) {
      throw new ApiError(
        'conflict',
        `There is a budget per ${period} for this ${scope} already: change its limit.`,
      );
    }
    const limitNanoUsd = BigInt(input.limitNanoUsd);
    const { organizationId } = actor;
    await tx.budget.create({ data: { id, organizationId, scope, scopeId, period, limitNanoUsd } });
    trail.audit({ action: 'budget.create', targetKind: 'budget', targetId: id, after: { ...input } });
    trail.tell('budget', id);
  });
  return getBudget(database, actor, id);
}

async function requireScope(
  tx: Transaction,
  actor: MemberActor,
  { scope, scopeId }: CreateBudgetInput,
): Promise<void> {
  const id = scopeId;
  const found = {
    organization: () => Promise.resolve(id === actor.organizationId ? 1 : 0),
    project: () => tx.project.count({ where: { id, archivedAt: null } }),
    key: () => tx.apiKey.count({ where: { id, revokedAt: null } }),
    member: () => tx.member.count({ where: { id } }),
  };
  if ((await found[scope]()) === 0) throw notFound(scope);
}

export async function changeBudget(
  database: Database,
  actor: MemberActor,
  budgetId: string,
  input: ChangeBudgetInput,
): Promise<Budget> {
  await changeAsMember(database, actor, 'admin', async (tx, trail) => {
    const before = await tx.budget.findFirst({ where: { id: budgetId, archivedAt: null } });
    if (!before) throw notFound('budget');
    const limitNanoUsd = BigInt(input.limitNanoUsd);
    if (before.limitNanoUsd === limitNanoUsd) return;
    await tx.budget.update({ where: { id: budgetId }, data: { limitNanoUsd } });
    trail.audit({
      action: 'budget.change',
      targetKind: 'budget',
      targetId: budgetId,
      before: { limitNanoUsd: before.limitNanoUsd },
      after: { limitNanoUsd },
    });
    trail.tell('budget', budgetId);
  });
  return getBudget(database, actor, budgetId);
}

export function archiveBudget(database: Database, actor: MemberActor, budgetId: string): Promise<void> {
  return changeAsMember(database, actor, 'admin', async (tx, trail) => {
    const before = await tx.budget.findFirst({ where: { id: budgetId, archivedAt: null } });
    if (!before) throw notFound('budget');
    await tx.budget.update({ where: { id: budgetId }, data: { archivedAt: new Date() } });
    const { scope, scopeId, period, limitNanoUsd } = before;
    trail.audit({
      action: 'budget.archive',
      targetKind: 'budget',
      targetId: budgetId,
      before: { scope, scopeId, period, limitNanoUsd },
    });
    trail.tell('budget', budgetId);
  });
}
