import type { ApiKey } from '@trunkline/contracts/control-plane';
import { changeAsMember } from '../../database/change.js';
import type { Database } from '../../database/database.module.js';
import type { MemberActor } from '../../http/actor.js';
import { getApiKey } from './read-api-keys.js';
import { findChangeableKey } from './update-api-key.js';

/** Stops a key for good, on every gateway within a second. Its row stays for the log's sake. */
export async function revokeApiKey(
  database: Database,
  actor: MemberActor,
  apiKeyId: string,
): Promise<ApiKey> {
  await changeAsMember(database, actor, 'member', async (tx, trail) => {
    const key = await findChangeableKey(tx, actor, apiKeyId);
    await tx.apiKey.update({ where: { id: apiKeyId }, data: { revokedAt: new Date() } });
    trail.audit({
      action: 'api_key.revoke',
      targetKind: 'api_key',
      targetId: apiKeyId,
      before: { name: key.name },
    });
    trail.tell('api_key', apiKeyId);
  });
  return getApiKey(database, actor, apiKeyId);
}
