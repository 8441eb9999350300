import type { ChangeMemberRoleInput, Member } from '@trunkline/contracts/control-plane';
import { Prisma, tenantQuery, type Transaction } from '@trunkline/prisma';
import { changeAsMember, requireRole } from '../../database/change.js';
import type { Database } from '../../database/database.module.js';
import type { MemberActor } from '../../http/actor.js';
import { ApiError, notFound } from '../../http/api-error.js';
import { toMember } from './list-members.js';

/** Owners are made and unmade by owners, and one always stays. A trigger writes the outbox row. */
export function changeMemberRole(
  database: Database,
  actor: MemberActor,
  memberId: string,
  input: ChangeMemberRoleInput,
): Promise<Member> {
  return changeAsMember(database, actor, 'admin', async (tx, trail) => {
    const member = await tx.member.findFirst({
      where: { id: memberId },
      include: { user: { select: { name: true, email: true } } },
    });
    if (!member) throw notFound('member');
    if (member.role === input.role) return toMember(member, actor);
    if (member.role === 'owner' || input.role === 'owner') requireRole(actor, 'owner');
    if (member.role === 'owner') await requireAnotherOwner(tx, actor, memberId);
    await tx.member.update({ where: { id: memberId }, data: { role: input.role } });
    trail.audit({
      action: 'member.change_role',
      targetKind: 'member',
      targetId: memberId,
      before: { role: member.role },
      after: { role: input.role },
    });
    return toMember({ ...member, role: input.role }, actor);
  });
}

/** @throws ApiError `conflict` when nobody else owns the organization */
export async function requireAnotherOwner(
  tx: Transaction,
  actor: MemberActor,
  memberId: string,
): Promise<void> {
  // Two owners who step down at the same time: the second waits for the first one's commit.
  const owners = await tenantQuery<{ id: string }>(
    tx,
    actor.organizationId,
    (owns) =>
      Prisma.sql`SELECT id FROM member WHERE ${owns('member')} AND role = 'owner' ORDER BY id FOR UPDATE`,
  );
  if (owners.every(({ id }) => id === memberId)) {
    throw new ApiError('conflict', 'An organization keeps at least one owner.');
  }
}
