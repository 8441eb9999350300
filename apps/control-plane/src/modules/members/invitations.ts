import { memberRole, type InviteMemberInput, type Invitation } from '@trunkline/contracts/control-plane';
import { forOrganization } from '@trunkline/prisma';
import { uuidv7 } from 'uuidv7';
import type { ControlPlaneConfig } from '../../config/environment.js';
import { changeAsMember, requireRole } from '../../database/change.js';
import type { Database } from '../../database/database.module.js';
import type { MemberActor } from '../../http/actor.js';
import { ApiError, notFound } from '../../http/api-error.js';
import type { Mailer } from '../../mail/mailer.js';
import { invitationMail } from '../../mail/mails.js';

const VALID_MS = 7 * 24 * 60 * 60 * 1000;
const MAX_OPEN = 100;

const open = () => ({ status: 'pending', expiresAt: { gt: new Date() } });

export async function listInvitations(
  { client }: Database,
  actor: MemberActor,
): Promise<{ items: Invitation[] }> {
  const rows = await forOrganization(client, actor.organizationId).invitation.findMany({
    where: open(),
    orderBy: { id: 'desc' },
  });
  return { items: rows.map(toInvitation) };
}

export interface InviteParts {
  database: Database;
  mailer: Mailer;
  config: ControlPlaneConfig;
}

/** Invites by mail; the sign-in library's `/organization/accept-invitation` takes the id that the mail holds. */
export async function inviteMember(
  { database, mailer, config }: InviteParts,
  actor: MemberActor,
  input: InviteMemberInput,
): Promise<Invitation> {
  if (!actor.emailVerified)
    throw new ApiError('email_not_verified', 'Confirm your e-mail address before you invite.');
  const email = input.email.toLowerCase();
  const { row, organization } = await changeAsMember(database, actor, 'admin', async (tx, trail) => {
    if (input.role === 'owner') requireRole(actor, 'owner');
    if (await tx.member.count({ where: { user: { email } } }))
      throw new ApiError('conflict', 'That is a member already.');
    if ((await tx.invitation.count({ where: open() })) >= MAX_OPEN) {
      throw new ApiError('conflict', 'There are 100 open invitations: take some back first.');
    }
    // A second invitation takes the place of the first.
    await tx.invitation.updateMany({ where: { email, ...open() }, data: { status: 'canceled' } });
    const row = await tx.invitation.create({
      data: {
        id: uuidv7(),
        organizationId: actor.organizationId,
        email,
        role: input.role,
        expiresAt: new Date(Date.now() + VALID_MS),
        inviterId: actor.userId,
      },
    });
    trail.audit({
      action: 'member.invite',
      targetKind: 'invitation',
      targetId: row.id,
      after: { email, role: input.role },
    });
    return { row, organization: await tx.organization.findFirstOrThrow({ select: { name: true } }) };
  });
  const url = `${config.urls.dashboard}/invitations/${row.id}`;
  await mailer.send(invitationMail(email, { inviter: actor.name, organization: organization.name, url }));
  return toInvitation(row);
}

export function cancelInvitation(
  database: Database,
  actor: MemberActor,
  invitationId: string,
): Promise<void> {
  return changeAsMember(database, actor, 'admin', async (tx, trail) => {
    const found = await tx.invitation.findFirst({ where: { id: invitationId, ...open() } });
    if (!found) throw notFound('invitation');
    await tx.invitation.update({ where: { id: invitationId }, data: { status: 'canceled' } });
    trail.audit({
      action: 'member.cancel_invitation',
      targetKind: 'invitation',
      targetId: invitationId,
      before: { email: found.email, role: found.role },
    });
  });
}

interface InvitationRow {
  id: string;
  email: string;
  role: string | null;
  expiresAt: Date;
  createdAt: Date;
}

function toInvitation(row: InvitationRow): Invitation {
  return {
    id: row.id,
    email: row.email,
    role: memberRole.catch('member').parse(row.role),
    expiresAt: row.expiresAt.toISOString(),
    createdAt: row.createdAt.toISOString(),
  };
}
