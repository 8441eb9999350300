import { changeAsMember } from '../../database/change.js';
import type { Database } from '../../database/database.module.js';
import type { MemberActor } from '../../http/actor.js';
import { notFound } from '../../http/api-error.js';

/** Removes a provider with its keys; gateways forget them within a second. */
export function deleteOwnProvider(database: Database, actor: MemberActor, id: string): Promise<void> {
  return changeAsMember(database, actor, 'admin', async (tx, trail) => {
    const entry = await tx.providerEntry.findFirst({ where: { id } });
    if (!entry) throw notFound('provider');
    await tx.providerEntry.delete({ where: { id } });
    const before = { providerId: entry.providerId, baseUrl: entry.baseUrl };
    trail.audit({ action: 'own_provider.delete', targetKind: 'own_provider', targetId: id, before });
    trail.tell('provider_entry', id);
  });
}
