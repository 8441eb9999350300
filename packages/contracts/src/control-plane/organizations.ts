import { z } from 'zod';
import { uuid } from '../ids.js';
import { displayName, timestamp } from './fields.js';
import { memberRole } from './me.js';
import { component } from './registry.js';

export const organization = component(
  'Organization',
  z.object({
    id: uuid,
    name: z.string(),
    slug: z.string(),
    /** Of who asks. */
    role: memberRole,
    walletId: uuid,
    pricePlanId: z.string(),
    defaultProjectId: uuid,
    requestsPerMinute: z.int().nullable(),
    maxConcurrency: z.int().nullable(),
    suspended: z.boolean(),
    createdAt: timestamp,
  }),
);
export type Organization = z.infer<typeof organization>;

export const renameOrganizationInput = z.strictObject({ name: displayName });
export type RenameOrganizationInput = z.infer<typeof renameOrganizationInput>;
