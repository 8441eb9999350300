import type { ApiKey, UpdateApiKeyInput } from '@trunkline/contracts/control-plane';
import type { Transaction } from '@trunkline/prisma';
import { changeAsMember, requireRole } from '../../database/change.js';
import type { Database } from '../../database/database.module.js';
import type { MemberActor } from '../../http/actor.js';
import { ApiError, notFound } from '../../http/api-error.js';
import { requireUsablePolicy } from '../policies/index.js';
import { requireFuture, requireModels } from './create-api-key.js';
import { getApiKey } from './read-api-keys.js';

/** Changes name, models, policy, limits or expiry of a key that is not revoked, or switches it off and on. */
export async function updateApiKey(
  database: Database,
  actor: MemberActor,
  apiKeyId: string,
  input: UpdateApiKeyInput,
): Promise<ApiKey> {
  const { disabled, expiresAt, ...plain } = input;
  const expiry = typeof expiresAt === 'string' ? new Date(expiresAt) : expiresAt;
  requireFuture(expiry);
  await requireModels(database, actor.organizationId, input.allowedModels ?? []);
  await changeAsMember(database, actor, 'member', async (tx, trail) => {
    const key = await findChangeableKey(tx, actor, apiKeyId);
    await requireUsablePolicy(tx, 'policyId', key.projectId, input.policyId);
    const switched = disabled === undefined || disabled === (key.disabledAt !== null);
    const changes = {
      ...plain,
      ...(expiry === undefined ? {} : { expiresAt: expiry }),
      ...(switched ? {} : { disabledAt: disabled ? new Date() : null }),
    };
    if (Object.keys(changes).length === 0) return;
    await tx.apiKey.update({ where: { id: apiKeyId }, data: withoutUndefined(changes) });
    const before = Object.fromEntries(
      Object.keys(changes).map((name) => [name, key[name as keyof typeof key]]),
    );
    trail.audit({
      action: 'api_key.update',
      targetKind: 'api_key',
      targetId: apiKeyId,
      before,
      after: changes,
    });
    trail.tell('api_key', apiKeyId);
  });
  return getApiKey(database, actor, apiKeyId);
}

/**
 * A key that the actor may change: his own, or any for owners and admins.
 * @throws ApiError `not_found`, `forbidden`, or `conflict` when it is revoked
 */
export async function findChangeableKey(tx: Transaction, actor: MemberActor, apiKeyId: string) {
  const key = await tx.apiKey.findFirst({ where: { id: apiKeyId }, omit: { hash: true } });
  if (!key) throw notFound('key');
  if (key.memberId !== actor.memberId) requireRole(actor, 'admin');
  if (key.revokedAt) throw new ApiError('conflict', 'This key is revoked, which cannot be taken back.');
  return key;
}

type Defined<Shape> = { [Key in keyof Shape]: Exclude<Shape[Key], undefined> };

/** Zod's optional fields are missing or set, never undefined: a type cannot say so. */
function withoutUndefined<Shape extends object>(shape: Shape): Partial<Defined<Shape>> {
  return Object.fromEntries(Object.entries(shape).filter(([, value]) => value !== undefined)) as Partial<
    Defined<Shape>
  >;
}
