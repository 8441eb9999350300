import { isDeepStrictEqual } from 'node:util';
import type { ProviderCredential, ProviderEntry, Transaction } from '@trunkline/prisma';
import { decryptSecret, type MasterKeys } from '@trunkline/secrets';
import { uuidv7 } from 'uuidv7';
import { recorded, type Trail } from '../database/change.js';
import { addCredentials } from '../modules/provider-entries/index.js';
import type { WantedEntry } from './wanted-entry.js';

const PLATFORM = { userId: null, ipAddress: null };

type StoredEntry = ProviderEntry & { credentials: ProviderCredential[] };

interface Work {
  readonly tx: Transaction;
  readonly trail: Trail;
  readonly keys: MasterKeys;
}

/**
 * Makes the entries that earlier starts declared those of this one. One that is as it was keeps its id and its switch;
 * one of the file is changed in place. What the environment no longer has goes; what the file no longer has is kept and
 * left to the operators, since a file deletes nothing. Entries that operators made are left alone, but for one at the
 * very address that the file now declares.
 * @returns entries made, changed, given away or removed
 */
export function seedProviderEntries(
  transaction: Transaction,
  keys: MasterKeys,
  wanted: readonly WantedEntry[],
): Promise<number> {
  return recorded(transaction, PLATFORM, null, async (tx, trail) => {
    const work = { tx, trail, keys };
    const stored = await tx.providerEntry.findMany({
      where: { organizationId: null },
      include: { credentials: true },
      orderBy: { id: 'asc' },
    });
    const kept = new Set<string>();
    let written = 0;
    for (const entry of wanted) {
      const free = stored.filter((row) => !kept.has(row.id));
      const same = free.find((row) => isDeclaredSame(row, entry) && hasSameKeys(row, entry, keys));
      const older = same ?? (entry.source === 'file' ? olderOf(free, entry) : undefined);
      if (older) kept.add(older.id);
      if (same) continue;
      await (older ? changeEntry(work, older, entry) : createEntry(work, entry));
      written += 1;
    }
    for (const row of stored.filter(({ id, source }) => source !== 'operator' && !kept.has(id))) {
      await (row.source === 'file' ? giveAway(work, row) : removeEntry(work, row));
      written += 1;
    }
    return written;
  });
}

/** The entry that the file declared before, or an operator's at the same address. */
function olderOf(
  stored: readonly StoredEntry[],
  { providerId, baseUrl }: WantedEntry,
): StoredEntry | undefined {
  const candidates = stored.filter((row) => row.providerId === providerId);
  return (
    candidates.find(({ source }) => source === 'file') ??
    candidates.find((row) => row.source === 'operator' && row.baseUrl === baseUrl)
  );
}

async function createEntry({ tx, trail, keys }: Work, { apiKeys, ...row }: WantedEntry): Promise<void> {
  const id = uuidv7();
  await tx.providerEntry.create({ data: { id, ...row } });
  await addCredentials(tx, keys, id, apiKeys);
  const after = { ...row, credentials: apiKeys.length };
  trail.audit({ action: 'provider_entry.create', targetKind: 'provider_entry', targetId: id, after });
  trail.tell('provider_entry', id);
}

/** Keys that stay keep their credential, so that what is known of its health stays too. */
async function changeEntry({ tx, trail, keys }: Work, old: StoredEntry, entry: WantedEntry): Promise<void> {
  const { id } = old;
  const { apiKeys, ...row } = entry;
  await tx.providerEntry.update({ where: { id }, data: row });
  const left = new Set(apiKeys);
  const gone = old.credentials.filter((credential) => !left.delete(openOr(credential, keys) ?? ''));
  await tx.providerCredential.deleteMany({ where: { id: { in: gone.map((credential) => credential.id) } } });
  await addCredentials(tx, keys, id, [...left]);
  trail.audit({
    action: 'provider_entry.update',
    targetKind: 'provider_entry',
    targetId: id,
    before: { baseUrl: old.baseUrl, source: old.source, credentials: old.credentials.length },
    after: { ...row, credentials: apiKeys.length },
  });
  trail.tell('provider_entry', id);
}

async function giveAway({ tx, trail }: Work, { id }: StoredEntry): Promise<void> {
  await tx.providerEntry.update({ where: { id }, data: { source: 'operator' } });
  const target = { targetKind: 'provider_entry', targetId: id };
  const change = { before: { source: 'file' }, after: { source: 'operator' } };
  trail.audit({ action: 'provider_entry.update', ...target, ...change });
}

async function removeEntry({ tx, trail }: Work, { id, providerId, baseUrl }: StoredEntry): Promise<void> {
  await tx.providerEntry.delete({ where: { id } });
  const before = { providerId, baseUrl };
  trail.audit({ action: 'provider_entry.delete', targetKind: 'provider_entry', targetId: id, before });
  trail.tell('provider_entry', id);
}

function isDeclaredSame(row: StoredEntry, entry: WantedEntry): boolean {
  const fields = [
    'providerId',
    'protocol',
    'baseUrl',
    'region',
    'tokenUrl',
    'unlistedModels',
    'source',
  ] as const;
  return (
    fields.every((field) => row[field] === entry[field]) &&
    isDeepStrictEqual(row.deployments, entry.deployments)
  );
}

function hasSameKeys(row: StoredEntry, { apiKeys }: WantedEntry, keys: MasterKeys): boolean {
  const stored = new Set(row.credentials.map((credential) => openOr(credential, keys)));
  return stored.size === apiKeys.length && apiKeys.every((key) => stored.has(key));
}

/** Null for one that was sealed with a master key that is gone: it is of no use to gateways either, and is made anew. */
function openOr({ id, ciphertext }: ProviderCredential, keys: MasterKeys): string | null {
  try {
    return decryptSecret(ciphertext, keys, id);
  } catch {
    return null;
  }
}
