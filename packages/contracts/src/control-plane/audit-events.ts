import { z } from 'zod';
import { uuid } from '../ids.js';
import { timestamp } from './fields.js';
import { pageOf, pageQuery } from './paging.js';
import { component } from './registry.js';

export const auditEvent = component(
  'AuditEvent',
  z.object({
    id: uuid,
    /** `<kind>.<verb>`, e.g. `api_key.revoke`. */
    action: z.string(),
    targetKind: z.string(),
    targetId: z.string(),
    organizationId: uuid.nullable(),
    /** Null for what the platform did by itself. */
    actorUserId: uuid.nullable(),
    actorName: z.string().nullable(),
    before: z.unknown(),
    after: z.unknown(),
    ipAddress: z.string().nullable(),
    createdAt: timestamp,
  }),
);
export type AuditEvent = z.infer<typeof auditEvent>;
export const auditEventPage = pageOf('AuditEventPage', auditEvent);

export const listAuditEventsQuery = pageQuery.extend({
  action: z.string().max(80).optional(),
  actorUserId: uuid.optional(),
});
export type ListAuditEventsQuery = z.infer<typeof listAuditEventsQuery>;
