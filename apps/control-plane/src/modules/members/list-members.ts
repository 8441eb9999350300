import { memberRole, type Member } from '@trunkline/contracts/control-plane';
import { forOrganization } from '@trunkline/prisma';
import type { Database } from '../../database/database.module.js';
import type { MemberActor } from '../../http/actor.js';

export async function listMembers({ client }: Database, actor: MemberActor): Promise<{ items: Member[] }> {
  const rows = await forOrganization(client, actor.organizationId).member.findMany({
    include: { user: { select: { name: true, email: true } } },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  });
  return { items: rows.map((row) => toMember(row, actor)) };
}

interface MemberRow {
  id: string;
  userId: string;
  role: string;
  createdAt: Date;
  user: { name: string; email: string };
}

export function toMember(row: MemberRow, actor: MemberActor): Member {
  return {
    id: row.id,
    userId: row.userId,
    name: row.user.name,
    email: row.user.email,
    role: memberRole.catch('member').parse(row.role),
    createdAt: row.createdAt.toISOString(),
    isYou: row.userId === actor.userId,
  };
}
