import { loadCatalog } from '@trunkline/catalog';
import type {
  CreateProviderEntryInput,
  ProviderEntry,
  UpdateProviderEntryInput,
} from '@trunkline/contracts/control-plane';
import type { PrismaClient } from '@trunkline/prisma';
import { adapterOf } from '@trunkline/providers';
import type { MasterKeys } from '@trunkline/secrets';
import { uuidv7 } from 'uuidv7';
import { z } from 'zod';
import { changeAsOperator } from '../../database/change.js';
import type { Database } from '../../database/database.module.js';
import type { Actor } from '../../http/actor.js';
import { ApiError, invalidField, notFound } from '../../http/api-error.js';
import {
  addCredentials,
  priceUnlisted,
  requireUsableKeys,
  resolveProvider,
} from '../provider-entries/index.js';

const source = z.enum(['environment', 'simulator', 'file', 'operator']);

/** The platform's entries; a tenant's own are not here. */
export async function listProviderEntries({ client }: Database): Promise<{ items: ProviderEntry[] }> {
  return { items: await readEntries(client, {}) };
}

export async function createProviderEntry(
  database: Database,
  keys: MasterKeys,
  actor: Actor,
  input: CreateProviderEntryInput,
): Promise<ProviderEntry> {
  const { providerId, region, tokenUrl, unlistedPrice } = input;
  if (!adapterOf(providerId)) requireOwnName(input);
  const reading = resolveProvider({ ...input, id: providerId });
  if (reading.kind === 'problem')
    throw invalidField(reading.field === 'id' ? 'providerId' : reading.field, reading.message);
  if (input.apiKeys.length === 0 && reading.needsCredential)
    throw invalidField('apiKeys', 'Add at least one key.');
  requireUsableKeys(reading.adapter, 'apiKeys', input.apiKeys);
  const { protocol, baseUrl } = reading;
  const id = uuidv7();
  await changeAsOperator(database, actor, async (tx, trail) => {
    const unlistedModels = unlistedPrice !== null;
    const row = { providerId, protocol, baseUrl, region, tokenUrl, unlistedModels, source: 'operator' };
    await tx.providerEntry.create({ data: { id, ...row } });
    await addCredentials(tx, keys, id, input.apiKeys);
    const after = { ...row, credentials: input.apiKeys.length };
    trail.audit({ action: 'provider_entry.create', targetKind: 'provider_entry', targetId: id, after });
    if (unlistedPrice) await priceUnlisted(tx, trail, providerId, unlistedPrice);
    trail.tell('provider_entry', id);
  });
  return getEntry(database.client, id);
}

/** An endpoint of the platform's own needs a name that is nobody's, a protocol, and a price for the names that it takes. */
function requireOwnName({ providerId, protocol, unlistedPrice }: CreateProviderEntryInput): void {
  if (loadCatalog().providersById.has(providerId) && protocol === undefined)
    throw invalidField('providerId', `There is no adapter for a provider ${providerId}.`);
  if (!/^[a-z0-9][a-z0-9-]{0,59}$/.test(providerId))
    throw invalidField('providerId', 'A name has lower-case letters, digits and hyphens.');
  if (protocol !== undefined && unlistedPrice === null)
    throw invalidField(
      'unlistedPrice',
      'An endpoint of your own lists no models: say what any of them costs.',
    );
}

export async function updateProviderEntry(
  database: Database,
  keys: MasterKeys,
  actor: Actor,
  id: string,
  input: UpdateProviderEntryInput,
): Promise<ProviderEntry> {
  await changeAsOperator(database, actor, async (tx, trail) => {
    const entry = await tx.providerEntry.findFirst({ where: { id, organizationId: null } });
    if (!entry) throw notFound('provider entry');
    if (input.apiKeys) {
      requireOperators(entry, 'keys');
      const adapter = adapterOf(entry.providerId);
      if (adapter) requireUsableKeys(adapter, 'apiKeys', input.apiKeys);
      await tx.providerCredential.deleteMany({ where: { entryId: id } });
      await addCredentials(tx, keys, id, input.apiKeys);
    }
    if (input.unlistedPrice) {
      requireOperators(entry, 'price');
      if (!entry.unlistedModels)
        throw invalidField('unlistedPrice', 'This provider takes no names that are not listed.');
      await priceUnlisted(tx, trail, entry.providerId, input.unlistedPrice);
    }
    const enabled = input.enabled ?? entry.enabled;
    await tx.providerEntry.update({ where: { id }, data: { enabled } });
    trail.audit({
      action: 'provider_entry.update',
      targetKind: 'provider_entry',
      targetId: id,
      before: { enabled: entry.enabled },
      after: { enabled, ...(input.apiKeys ? { replacedCredentials: input.apiKeys.length } : {}) },
    });
    trail.tell('provider_entry', id);
  });
  return getEntry(database.client, id);
}

export function deleteProviderEntry(database: Database, actor: Actor, id: string): Promise<void> {
  return changeAsOperator(database, actor, async (tx, trail) => {
    const entry = await tx.providerEntry.findFirst({ where: { id, organizationId: null } });
    if (!entry) throw notFound('provider entry');
    requireOperators(entry, 'entry');
    await tx.providerEntry.delete({ where: { id } });
    const before = { providerId: entry.providerId, baseUrl: entry.baseUrl };
    trail.audit({ action: 'provider_entry.delete', targetKind: 'provider_entry', targetId: id, before });
    trail.tell('provider_entry', id);
  });
}

function requireOperators(entry: { source: string }, what: string): void {
  if (entry.source === 'operator') return;
  throw new ApiError(
    'conflict',
    `The next start would make this ${what} anew from ${entry.source}: change it there.`,
  );
}

async function getEntry(client: PrismaClient, id: string): Promise<ProviderEntry> {
  const [entry] = await readEntries(client, { id });
  if (!entry) throw notFound('provider entry');
  return entry;
}

async function readEntries(client: PrismaClient, where: { id?: string }): Promise<ProviderEntry[]> {
  const [rows, offers] = await Promise.all([
    client.providerEntry.findMany({
      where: { ...where, organizationId: null },
      include: { credentials: { select: { id: true, hint: true, createdAt: true }, orderBy: { id: 'asc' } } },
      orderBy: [{ providerId: 'asc' }, { id: 'asc' }],
    }),
    client.offer.groupBy({
      by: ['providerId'],
      where: { status: 'active', model: { status: { not: 'unlisted' } } },
      _count: true,
    }),
  ]);
  const offerCounts = new Map(offers.map(({ providerId, _count }) => [providerId, _count]));
  const { providersById } = loadCatalog();
  return rows.map((row) => ({
    id: row.id,
    providerId: row.providerId,
    providerName: providersById.get(row.providerId)?.name ?? row.providerId,
    protocol: row.protocol,
    baseUrl: row.baseUrl,
    region: row.region,
    source: source.parse(row.source),
    enabled: row.enabled,
    unlistedModels: row.unlistedModels,
    credentials: row.credentials.map(({ id, hint, createdAt }) => ({
      id,
      hint,
      createdAt: createdAt.toISOString(),
    })),
    offers: offerCounts.get(row.providerId) ?? 0,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  }));
}
