import { z } from 'zod';
import { uuid } from '../ids.js';
import { organizationPath, timestamp } from './fields.js';
import { memberRole } from './me.js';
import { listOf } from './paging.js';
import { component } from './registry.js';

export const member = component(
  'Member',
  z.object({
    id: uuid,
    userId: uuid,
    name: z.string(),
    email: z.string(),
    role: memberRole,
    createdAt: timestamp,
    isYou: z.boolean(),
  }),
);
export type Member = z.infer<typeof member>;
export const memberList = listOf('MemberList', member);

export const memberPath = organizationPath.extend({ memberId: uuid });
export const changeMemberRoleInput = z.strictObject({ role: memberRole });
export type ChangeMemberRoleInput = z.infer<typeof changeMemberRoleInput>;

export const invitation = component(
  'Invitation',
  z.object({ id: uuid, email: z.string(), role: memberRole, expiresAt: timestamp, createdAt: timestamp }),
);
export type Invitation = z.infer<typeof invitation>;
export const invitationList = listOf('InvitationList', invitation);

export const invitationPath = organizationPath.extend({ invitationId: uuid });
/** Who invites needs a verified e-mail address. */
export const inviteMemberInput = z.strictObject({ email: z.email().max(254), role: memberRole });
export type InviteMemberInput = z.infer<typeof inviteMemberInput>;
