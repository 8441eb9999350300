import { loadCatalog } from '@trunkline/catalog';
import type { UsageDimension } from '@trunkline/contracts/control-plane';
import { forOrganization } from '@trunkline/prisma';
import type { Database } from '../../database/database.module.js';
import type { MemberActor } from '../../http/actor.js';

/** Rollups hold no nulls: this stands where a call had no key or member. */
const NIL_UUID = '00000000-0000-0000-0000-000000000000';

/** Sum of the groups beyond the first ones. */
export const OTHER = 'other';

const NONE: Record<UsageDimension, string> = {
  model: 'No model',
  provider: 'No provider',
  project: 'No project',
  key: 'Playground',
  member: 'No member',
};

/** How groups of a dimension are called by people; what is gone is called by its id. */
export async function dimensionLabels(
  { client }: Database,
  actor: MemberActor,
  by: UsageDimension,
  ids: readonly string[],
): Promise<(id: string) => string> {
  const known = ids.filter((id) => id !== '' && id !== NIL_UUID && id !== OTHER);
  const names = await readNames(forOrganization(client, actor.organizationId), by, known);
  return (id) => {
    if (id === OTHER) return 'Other';
    return id === '' || id === NIL_UUID ? NONE[by] : (names.get(id) ?? id);
  };
}

async function readNames(
  scoped: Database['client'],
  by: UsageDimension,
  ids: string[],
): Promise<ReadonlyMap<string, string>> {
  const where = { id: { in: ids } };
  const select = { id: true, name: true } as const;
  const toMap = (rows: readonly { id: string; name: string }[]) =>
    new Map(rows.map(({ id, name }) => [id, name]));
  switch (by) {
    case 'model':
      return new Map();
    case 'provider':
      return toMap([...loadCatalog().providersById.values()]);
    case 'project':
      return toMap(await scoped.project.findMany({ where, select }));
    case 'key':
      return toMap(await scoped.apiKey.findMany({ where, select }));
    case 'member': {
      const rows = await scoped.member.findMany({
        where,
        select: { id: true, user: { select: { name: true } } },
      });
      return toMap(rows.map(({ id, user }) => ({ id, name: user.name })));
    }
  }
}
