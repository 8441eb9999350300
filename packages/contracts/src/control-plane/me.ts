import { z } from 'zod';
import { uuid } from '../ids.js';
import { displayName, timestamp } from './fields.js';
import { component } from './registry.js';

export const MEMBER_ROLES = ['owner', 'admin', 'member'] as const;
export const memberRole = z.enum(MEMBER_ROLES);
export type MemberRole = z.infer<typeof memberRole>;

/** What a page needs to know before anybody has logged in. */
export const platform = component(
  'Platform',
  z.object({
    signup: z.enum(['open', 'invite', 'closed']),
    /** `npm start`: demo organization, simulator and its switches. */
    demo: z.boolean(),
    /** Answers come from the provider simulator. */
    simulator: z.boolean(),
    /** Origin of the gateway; clients put `/v1` behind it. */
    gatewayUrl: z.string(),
    /** `smtp`, or `mailbox`: mails are files in a folder of the installation. */
    mail: z.enum(['smtp', 'mailbox']),
    /** Top-ups by card are set up. */
    cardPayments: z.boolean(),
  }),
);
export type Platform = z.infer<typeof platform>;

export const me = component(
  'Me',
  z.object({
    id: uuid,
    name: z.string(),
    email: z.string(),
    emailVerified: z.boolean(),
    operator: z.boolean(),
    twoFactorEnabled: z.boolean(),
    createdAt: timestamp,
    activeOrganizationId: uuid.nullable(),
    organizations: z.array(
      z.object({
        id: uuid,
        name: z.string(),
        slug: z.string(),
        role: memberRole,
        memberId: uuid,
        defaultProjectId: uuid.nullable(),
      }),
    ),
  }),
);
export type Me = z.infer<typeof me>;

export const switchOrganizationInput = z.strictObject({ organizationId: uuid });
export type SwitchOrganizationInput = z.infer<typeof switchOrganizationInput>;

export const createOrganizationInput = z.strictObject({ name: displayName });
export type CreateOrganizationInput = z.infer<typeof createOrganizationInput>;
