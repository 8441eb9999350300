import { loadCatalog } from '@trunkline/catalog';
import { OWN_KEY_MODES, type OwnProvider } from '@trunkline/contracts/control-plane';
import { forOrganization } from '@trunkline/prisma';
import { z } from 'zod';
import type { Database } from '../../database/database.module.js';
import type { MemberActor } from '../../http/actor.js';
import { notFound } from '../../http/api-error.js';

const mode = z.enum(OWN_KEY_MODES);

export async function listOwnProviders(
  database: Database,
  actor: MemberActor,
): Promise<{ items: OwnProvider[] }> {
  return { items: await readOwnProviders(database, actor, {}) };
}

/** @throws ApiError `not_found` */
export async function getOwnProvider(
  database: Database,
  actor: MemberActor,
  id: string,
): Promise<OwnProvider> {
  const [provider] = await readOwnProviders(database, actor, { id });
  if (!provider) throw notFound('provider');
  return provider;
}

async function readOwnProviders(
  { client }: Database,
  actor: MemberActor,
  where: { id?: string },
): Promise<OwnProvider[]> {
  const rows = await forOrganization(client, actor.organizationId).providerEntry.findMany({
    where,
    include: {
      credentials: { select: { id: true, hint: true, createdAt: true }, orderBy: { id: 'asc' } },
      project: { select: { name: true } },
    },
    orderBy: [{ providerId: 'asc' }, { id: 'asc' }],
  });
  const { providersById } = loadCatalog();
  return rows.map(({ project, credentials, createdAt, updatedAt, ...row }) => ({
    id: row.id,
    providerId: row.providerId,
    providerName: providersById.get(row.providerId)?.name ?? row.providerId,
    isEndpoint: !providersById.has(row.providerId),
    protocol: row.protocol,
    baseUrl: row.baseUrl,
    region: row.region,
    tokenUrl: row.tokenUrl,
    projectId: row.projectId,
    projectName: project?.name ?? null,
    mode: mode.parse(row.mode),
    unlistedModels: row.unlistedModels,
    enabled: row.enabled,
    credentials: credentials.map((credential) => ({
      id: credential.id,
      hint: credential.hint,
      createdAt: credential.createdAt.toISOString(),
    })),
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  }));
}
