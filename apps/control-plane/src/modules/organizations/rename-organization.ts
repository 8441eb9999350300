import type { Organization, RenameOrganizationInput } from '@trunkline/contracts/control-plane';
import { changeAsMember } from '../../database/change.js';
import type { Database } from '../../database/database.module.js';
import type { MemberActor } from '../../http/actor.js';
import { getOrganization } from './get-organization.js';

/** A trigger on the library's table writes the outbox row. */
export async function renameOrganization(
  database: Database,
  actor: MemberActor,
  input: RenameOrganizationInput,
): Promise<Organization> {
  await changeAsMember(database, actor, 'admin', async (tx, trail) => {
    const before = await tx.organization.findFirstOrThrow({ select: { id: true, name: true } });
    if (before.name === input.name) return;
    await tx.organization.update({ where: { id: before.id }, data: { name: input.name } });
    trail.audit({
      action: 'organization.rename',
      targetKind: 'organization',
      targetId: before.id,
      before: { name: before.name },
      after: { name: input.name },
    });
  });
  return getOrganization(database, actor);
}
