import type { OwnProvider, UpdateOwnProviderInput } from '@trunkline/contracts/control-plane';
import { adapterOf, adapterOfProtocol } from '@trunkline/providers';
import type { MasterKeys } from '@trunkline/secrets';
import { changeAsMember } from '../../database/change.js';
import type { Database } from '../../database/database.module.js';
import type { MemberActor } from '../../http/actor.js';
import { invalidField, notFound } from '../../http/api-error.js';
import { requireUsableKeys, sealCredentials } from '../provider-entries/index.js';
import { getOwnProvider } from './list-own-providers.js';

const MAX_KEYS = 20;

/** Switches a provider, changes its mode, or adds and removes keys of its pool. */
export async function updateOwnProvider(
  database: Database,
  keys: MasterKeys,
  actor: MemberActor,
  { entryId: id, input }: { entryId: string; input: UpdateOwnProviderInput },
): Promise<OwnProvider> {
  const { addApiKeys = [], removeCredentials = [], ...changes } = input;
  await changeAsMember(database, actor, 'admin', async (tx, trail) => {
    const entry = await tx.providerEntry.findFirst({ where: { id }, include: { credentials: true } });
    if (!entry) throw notFound('provider');
    const adapter = adapterOf(entry.providerId) ?? adapterOfProtocol(entry.protocol);
    if (adapter) requireUsableKeys(adapter, 'addApiKeys', addApiKeys);
    const kept = entry.credentials.filter((credential) => !removeCredentials.includes(credential.id));
    if (kept.length + addApiKeys.length > MAX_KEYS)
      throw invalidField('addApiKeys', `A provider has at most ${MAX_KEYS} keys.`);
    if (kept.length + addApiKeys.length === 0 && adapter?.auth.type !== 'optional-bearer')
      throw invalidField(
        'removeCredentials',
        'This is the last key: add another one, or remove the provider.',
      );
    if (!adapterOf(entry.providerId) && (changes.mode === 'first' || changes.unlistedModels === false))
      throw invalidField('mode', 'An endpoint of your own is called by its name alone.');
    const gone = entry.credentials.filter((credential) => removeCredentials.includes(credential.id));
    const enabled = changes.enabled ?? entry.enabled;
    const mode = changes.mode ?? entry.mode;
    const unlistedModels = changes.unlistedModels ?? entry.unlistedModels;
    await tx.providerEntry.update({
      where: { id },
      data: {
        ...{ enabled, mode, unlistedModels },
        credentials: {
          deleteMany: { id: { in: gone.map((credential) => credential.id) } },
          create: sealCredentials(keys, addApiKeys),
        },
      },
    });
    trail.audit({
      action: 'own_provider.update',
      targetKind: 'own_provider',
      targetId: id,
      before: { enabled: entry.enabled, mode: entry.mode, unlistedModels: entry.unlistedModels },
      after: { enabled, mode, unlistedModels, addedKeys: addApiKeys.length, removedKeys: gone.length },
    });
    trail.tell('provider_entry', id);
  });
  return getOwnProvider(database, actor, id);
}
