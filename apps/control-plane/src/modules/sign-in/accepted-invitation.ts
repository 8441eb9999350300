import type { PrismaClient } from '@trunkline/prisma';
import { uuidv7 } from 'uuidv7';

interface Accepted {
  invitation: { id: string };
  member: { id: string; role: string };
  user: { id: string; email: string };
  organization: { id: string };
}

/** The library wrote the member, a trigger its outbox row; this is the audit row. */
export async function recordAcceptedInvitation(client: PrismaClient, accepted: Accepted): Promise<void> {
  await client.auditEvent.create({
    data: {
      id: uuidv7(),
      organizationId: accepted.organization.id,
      actorUserId: accepted.user.id,
      action: 'member.join',
      targetKind: 'member',
      targetId: accepted.member.id,
      after: { email: accepted.user.email, role: accepted.member.role, invitationId: accepted.invitation.id },
    },
  });
}
