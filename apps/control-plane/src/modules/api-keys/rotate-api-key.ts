import type { CreatedApiKey } from '@trunkline/contracts/control-plane';
import { createApiKey as makeApiKey } from '@trunkline/secrets';
import { uuidv7 } from 'uuidv7';
import { changeAsMember } from '../../database/change.js';
import type { Database } from '../../database/database.module.js';
import type { MemberActor } from '../../http/actor.js';
import { storedKey } from './create-api-key.js';
import { getApiKey } from './read-api-keys.js';
import { findChangeableKey } from './update-api-key.js';

/** Replaces a key by a new one with the same settings and budgets; the old one stops at once. */
export async function rotateApiKey(
  database: Database,
  actor: MemberActor,
  apiKeyId: string,
): Promise<CreatedApiKey> {
  const secret = makeApiKey();
  const id = uuidv7();
  await changeAsMember(database, actor, 'member', async (tx, trail) => {
    const { organizationId, projectId, memberId, ...old } = await findChangeableKey(tx, actor, apiKeyId);
    const { name, allowedModels, policyId, requestsPerMinute, maxConcurrency, expiresAt, disabledAt } = old;
    const limits = { requestsPerMinute, maxConcurrency };
    const settings = { name, allowedModels, policyId, ...limits, expiresAt, disabledAt };
    await tx.apiKey.create({
      data: { id, organizationId, projectId, memberId, ...settings, ...storedKey(secret) },
    });
    await tx.apiKey.update({ where: { id: apiKeyId }, data: { revokedAt: new Date() } });
    // What the period has used goes on counting.
    const budgets = await tx.budget.findMany({
      where: { scope: 'key', scopeId: apiKeyId, archivedAt: null },
    });
    await tx.budget.updateMany({
      where: { id: { in: budgets.map((budget) => budget.id) } },
      data: { scopeId: id },
    });
    trail.audit({
      action: 'api_key.rotate',
      targetKind: 'api_key',
      targetId: apiKeyId,
      after: { replacedBy: id },
    });
    trail.tell('api_key', apiKeyId);
    trail.tell('api_key', id);
    for (const budget of budgets) trail.tell('budget', budget.id);
  });
  return { apiKey: await getApiKey(database, actor, id), secret: secret.key };
}
