import type { ProviderCredential, ProviderEntry, Transaction } from '@trunkline/prisma';
import { decryptSecret, type MasterKeys } from '@trunkline/secrets';
import { uuidv7 } from 'uuidv7';
import { recorded } from '../database/change.js';
import { addCredentials } from '../modules/provider-credentials/index.js';
import type { WantedEntry } from './wanted-entries.js';

const PLATFORM = { userId: null, ipAddress: null };

type StoredEntry = ProviderEntry & { credentials: ProviderCredential[] };

/**
 * Makes the entries of earlier environments those of this one. One that is as it was keeps its id and its switch;
 * entries that operators made are left alone.
 * @returns entries made or removed
 */
export function seedProviderEntries(
  tx: Transaction,
  keys: MasterKeys,
  wanted: readonly WantedEntry[],
): Promise<number> {
  return recorded(tx, PLATFORM, null, async (_, trail) => {
    const stored = await tx.providerEntry.findMany({
      where: { organizationId: null, source: { in: ['environment', 'simulator'] } },
      include: { credentials: true },
      orderBy: { id: 'asc' },
    });
    const kept = new Set<string>();
    let written = 0;
    for (const entry of wanted) {
      const same = stored.find((row) => !kept.has(row.id) && isSame(row, entry, keys));
      if (same) {
        kept.add(same.id);
        continue;
      }
      const id = uuidv7();
      const { apiKey, ...row } = entry;
      await tx.providerEntry.create({ data: { id, ...row } });
      await addCredentials(tx, keys, id, [apiKey]);
      trail.audit({
        action: 'provider_entry.create',
        targetKind: 'provider_entry',
        targetId: id,
        after: { ...row },
      });
      trail.tell('provider_entry', id);
      written += 1;
    }
    for (const { id, providerId, baseUrl } of stored.filter((row) => !kept.has(row.id))) {
      await tx.providerEntry.delete({ where: { id } });
      const before = { providerId, baseUrl };
      trail.audit({ action: 'provider_entry.delete', targetKind: 'provider_entry', targetId: id, before });
      trail.tell('provider_entry', id);
      written += 1;
    }
    return written;
  });
}

function isSame(row: StoredEntry, { apiKey, ...entry }: WantedEntry, keys: MasterKeys): boolean {
  const isDeclaredSame =
    row.providerId === entry.providerId &&
    row.protocol === entry.protocol &&
    row.baseUrl === entry.baseUrl &&
    row.source === entry.source;
  const [credential, ...others] = row.credentials;
  return (
    isDeclaredSame && others.length === 0 && credential !== undefined && opensAs(credential, apiKey, keys)
  );
}

function opensAs({ id, ciphertext }: ProviderCredential, apiKey: string, keys: MasterKeys): boolean {
  try {
    return decryptSecret(ciphertext, keys, id) === apiKey;
  } catch {
    // Sealed with a master key that is gone: it is of no use to gateways either, and is made anew.
    return false;
  }
}
