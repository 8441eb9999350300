import { loadCatalog } from '@trunkline/catalog';
import type { CreateOwnProviderInput, OwnProvider } from '@trunkline/contracts/control-plane';
import { adapterOf } from '@trunkline/providers';
import { uuidv7 } from 'uuidv7';
import type { ControlPlaneConfig } from '../../config/environment.js';
import { changeAsMember } from '../../database/change.js';
import type { Database } from '../../database/database.module.js';
import type { MemberActor } from '../../http/actor.js';
import { ApiError, invalidField, notFound } from '../../http/api-error.js';
import { requireUsableKeys, resolveProvider, sealCredentials } from '../provider-entries/index.js';
import { getOwnProvider } from './list-own-providers.js';

const MAX_OWN_PROVIDERS = 100;

/**
 * Adds keys for a provider of the catalog, or an endpoint of the organization's own.
 * @throws ApiError `invalid_request` naming the field, `conflict` where there is one at that address already
 */
export async function createOwnProvider(
  database: Database,
  { masterKeys, addressGuard }: ControlPlaneConfig,
  actor: MemberActor,
  input: CreateOwnProviderInput,
): Promise<OwnProvider> {
  const { providerId, projectId, region, tokenUrl, apiKeys } = input;
  const isEndpoint = adapterOf(providerId) === undefined;
  if (isEndpoint) await requireFreeName(database, providerId);
  const reading = resolveProvider({ ...input, id: providerId });
  if (reading.kind === 'problem')
    throw invalidField(reading.field === 'id' ? 'providerId' : reading.field, reading.message);
  requireAllowed(addressGuard, 'baseUrl', reading.baseUrl);
  if (tokenUrl !== null) requireAllowed(addressGuard, 'tokenUrl', tokenUrl);
  if (apiKeys.length === 0 && reading.needsCredential) throw invalidField('apiKeys', 'Add at least one key.');
  requireUsableKeys(reading.adapter, 'apiKeys', apiKeys);
  const row = {
    ...{ providerId, projectId, region, tokenUrl },
    ...{ protocol: reading.protocol, baseUrl: reading.baseUrl, source: 'member' },
    mode: isEndpoint ? 'only' : input.mode,
    unlistedModels: isEndpoint || input.unlistedModels,
  };
  const id = uuidv7();
  await changeAsMember(database, actor, 'admin', async (tx, trail) => {
    if (projectId !== null && !(await tx.project.findFirst({ where: { id: projectId } })))
      throw notFound('project');
    if ((await tx.providerEntry.count()) >= MAX_OWN_PROVIDERS)
      throw new ApiError('conflict', `There are ${MAX_OWN_PROVIDERS} providers already.`);
    // Two endpoints under one name would be two places that a model's name could mean.
    const same = { providerId, projectId, ...(isEndpoint ? {} : { baseUrl: reading.baseUrl }) };
    if (await tx.providerEntry.findFirst({ where: same }))
      throw new ApiError('conflict', `${providerId} is there already: add keys to it, or remove it first.`);
    const { organizationId } = actor;
    await tx.providerEntry.create({
      data: { id, organizationId, ...row, credentials: { create: sealCredentials(masterKeys, apiKeys) } },
    });
    const after = { ...row, credentials: apiKeys.length };
    trail.audit({ action: 'own_provider.create', targetKind: 'own_provider', targetId: id, after });
    trail.tell('provider_entry', id);
  });
  return getOwnProvider(database, actor, id);
}

/** A name in front of a model must mean one thing to everybody: it is no author's and none of the platform's providers. */
async function requireFreeName({ client }: Database, providerId: string): Promise<void> {
  const { authorsById, providersById } = loadCatalog();
  const isTaken =
    authorsById.has(providerId) ||
    providersById.has(providerId) ||
    (await client.providerEntry.count({ where: { providerId, organizationId: null } })) > 0;
  if (isTaken)
    throw invalidField('providerId', `${providerId} means something else here: take another name.`);
}

function requireAllowed(
  guard: ControlPlaneConfig['addressGuard'],
  field: 'baseUrl' | 'tokenUrl',
  text: string,
): void {
  const url = new URL(text);
  if (url.username || url.password || url.hash)
    throw invalidField(field, 'The address must have no user, password or fragment.');
  if (!guard.allowsUrl(url)) throw invalidField(field, 'Only public addresses can be reached from here.');
}
