import { changeAsMember, requireRole } from '../../database/change.js';
import type { Database } from '../../database/database.module.js';
import type { MemberActor } from '../../http/actor.js';
import { notFound } from '../../http/api-error.js';
import { requireAnotherOwner } from './change-member-role.js';

/** Removes a member, or lets him leave. His keys go on working: they belong to their project. */
export function removeMember(database: Database, actor: MemberActor, memberId: string): Promise<void> {
  return changeAsMember(database, actor, 'member', async (tx, trail) => {
    const member = await tx.member.findFirst({ where: { id: memberId } });
    if (!member) throw notFound('member');
    if (member.userId !== actor.userId) requireRole(actor, member.role === 'owner' ? 'owner' : 'admin');
    if (member.role === 'owner') await requireAnotherOwner(tx, actor, memberId);
    await tx.member.delete({ where: { id: memberId } });
    trail.audit({
      action: member.userId === actor.userId ? 'member.leave' : 'member.remove',
      targetKind: 'member',
      targetId: memberId,
      before: { userId: member.userId, role: member.role },
    });
  });
}
