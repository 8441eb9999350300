import type { Database } from '../../database/database.module.js';

/**
 * Which of these a tenant cannot name: models of the catalog are known, and names of providers that take unlisted ones;
 * `<provider>/*` is all of those together.
 * @returns the place of the first that is neither; -1 where there is none
 */
export async function findUnknownModel(
  { client }: Database,
  organizationId: string,
  ids: readonly string[],
): Promise<number> {
  if (ids.length === 0) return -1;
  const found = await client.model.findMany({ where: { id: { in: [...ids] } }, select: { id: true } });
  const known = new Set(found.map(({ id }) => id));
  const unlisted = await client.providerEntry.findMany({
    where: { unlistedModels: true, OR: [{ organizationId: null }, { organizationId }] },
    select: { providerId: true },
  });
  const takesAnyName = (id: string) => unlisted.some(({ providerId }) => id.startsWith(`${providerId}/`));
  return ids.findIndex((id) => !known.has(id) && !takesAnyName(id));
}
