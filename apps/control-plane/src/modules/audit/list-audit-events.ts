import type { AuditEvent, ListAuditEventsQuery } from '@trunkline/contracts/control-plane';
import { forOrganization, type PrismaClient } from '@trunkline/prisma';
import { decodeCursor, encodeCursor, pageFrom, TIME_PART, UUID_PART } from '../../database/keyset.js';

/**
 * Who changed what, newest first.
 * @param organizationId null for an operator, who sees all of the platform
 */
export async function listAuditEvents(
  client: PrismaClient,
  organizationId: string | null,
  query: ListAuditEventsQuery,
): Promise<{ items: AuditEvent[]; nextCursor: string | null }> {
  const reader = organizationId === null ? client : forOrganization(client, organizationId);
  const [time, id] = query.cursor ? decodeCursor(query.cursor, [TIME_PART, UUID_PART]) : [];
  const after = time && id ? { OR: [{ createdAt: { lt: time } }, { createdAt: time, id: { lt: id } }] } : {};
  const rows = await reader.auditEvent.findMany({
    where: {
      ...(query.action ? { action: query.action } : {}),
      ...(query.actorUserId ? { actorUserId: query.actorUserId } : {}),
      ...after,
    },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: query.limit + 1,
  });
  const page = pageFrom(rows, query.limit, (row) => encodeCursor(row.createdAt.toISOString(), row.id));
  // Of users alone the name is told, and only to who may read what they did.
  const users = await client.user.findMany({
    where: { id: { in: page.items.flatMap(({ actorUserId }) => actorUserId ?? []) } },
    select: { id: true, name: true },
  });
  const names = new Map(users.map((user) => [user.id, user.name]));
  return {
    nextCursor: page.nextCursor,
    items: page.items.map((row) => ({
      ...row,
      actorName: (row.actorUserId && names.get(row.actorUserId)) ?? null,
      createdAt: row.createdAt.toISOString(),
    })),
  };
}
