import type { CreateApiKeyInput, CreatedApiKey } from '@trunkline/contracts/control-plane';
import type { Transaction } from '@trunkline/prisma';
import { createApiKey as makeApiKey, type NewApiKey } from '@trunkline/secrets';
import { uuidv7 } from 'uuidv7';
import { changeAsMember } from '../../database/change.js';
import type { Database } from '../../database/database.module.js';
import type { MemberActor } from '../../http/actor.js';
import { ApiError, invalidField, notFound } from '../../http/api-error.js';
import { findUnknownModel } from '../models/index.js';
import { requireUsablePolicy } from '../policies/index.js';
import { getApiKey } from './read-api-keys.js';

const MAX_WORKING_KEYS = 5_000;

/** Creates a key. The answer holds its whole text, which is stored nowhere. */
export async function createApiKey(
  database: Database,
  actor: MemberActor,
  input: CreateApiKeyInput,
): Promise<CreatedApiKey> {
  const expiresAt = input.expiresAt === null ? null : new Date(input.expiresAt);
  requireFuture(expiresAt);
  await requireModels(database, actor.organizationId, input.allowedModels);
  const secret = makeApiKey();
  const id = uuidv7();
  await changeAsMember(database, actor, 'member', async (tx, trail) => {
    if ((await tx.apiKey.count({ where: { revokedAt: null } })) >= MAX_WORKING_KEYS) {
      throw new ApiError('conflict', 'There are 5,000 keys already: revoke some first.');
    }
    const { name, allowedModels, policyId, requestsPerMinute, maxConcurrency, budget } = input;
    const projectId = await findProject(tx, input.projectId);
    await requireUsablePolicy(tx, 'policyId', projectId, policyId);
    const settings = { name, allowedModels, policyId, requestsPerMinute, maxConcurrency, expiresAt };
    const { organizationId, memberId } = actor;
    await tx.apiKey.create({
      data: { id, organizationId, projectId, memberId, ...settings, ...storedKey(secret) },
    });
    trail.audit({
      action: 'api_key.create',
      targetKind: 'api_key',
      targetId: id,
      after: { projectId, ...settings },
    });
    trail.tell('api_key', id);
    if (!budget) return;
    const budgetId = uuidv7();
    const limitNanoUsd = BigInt(budget.limitNanoUsd);
    await tx.budget.create({
      data: { id: budgetId, organizationId, scope: 'key', scopeId: id, period: budget.period, limitNanoUsd },
    });
    trail.audit({
      action: 'budget.create',
      targetKind: 'budget',
      targetId: budgetId,
      after: { scope: 'key', scopeId: id, ...budget },
    });
    trail.tell('budget', budgetId);
  });
  return { apiKey: await getApiKey(database, actor, id), secret: secret.key };
}

/** The columns of a key's text: its hash and what people recognise it by. */
export function storedKey(secret: NewApiKey) {
  return { hash: Buffer.from(secret.hash, 'hex'), prefix: secret.prefix, lastFour: secret.lastFour };
}

async function findProject(tx: Transaction, projectId: string | undefined): Promise<string> {
  const project = await tx.project.findFirst({
    where: { ...(projectId ? { id: projectId } : { isDefault: true }), archivedAt: null },
    select: { id: true },
  });
  if (!project) throw notFound('project');
  return project.id;
}

/** @throws ApiError that names the time when it has passed */
export function requireFuture(expiresAt: Date | null | undefined): void {
  if (expiresAt && expiresAt.getTime() <= Date.now())
    throw invalidField('expiresAt', 'expiresAt must be in the future');
}

/** @throws ApiError that names the first id which is no model */
export async function requireModels(
  database: Database,
  organizationId: string,
  ids: readonly string[],
): Promise<void> {
  const unknown = await findUnknownModel(database, organizationId, ids);
  if (unknown !== -1) throw invalidField(`allowedModels.${unknown}`, `There is no model ${ids[unknown]}.`);
}
