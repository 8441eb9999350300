import { forOrganization, Prisma, tenantQuery, type Call } from '@trunkline/prisma';
import type { GatewayCaller } from '@trunkline/secrets';
import type { Database } from '../../database/database.module.js';
import { notFound } from '../../http/api-error.js';
import { findByText } from '../calls/index.js';
import { printGeneration } from './print-generation.js';

/**
 * What a call of the caller's project was and cost, by our id or the provider's.
 * @throws ApiError `not_found` for another project's, and for one whose record is still on its way
 */
export async function getGeneration(client: Database['client'], caller: GatewayCaller, id: string) {
  const { organizationId, projectId } = caller;
  const named = await findByText(client, organizationId, id);
  const [found] = await tenantQuery<Pick<Call, 'id' | 'createdAt'>>(
    client,
    organizationId,
    (owns) => Prisma.sql`
      SELECT c.id, c.created_at AS "createdAt" FROM call c
      WHERE ${owns('c')} AND c.project_id = ${projectId}::uuid AND ${named}
      ORDER BY c.created_at DESC LIMIT 1`,
  );
  if (!found) throw notFound('generation');
  const scoped = forOrganization(client, organizationId);
  const where = { createdAt: found.createdAt, callId: found.id };
  const [call, attempts] = await Promise.all([
    scoped.call.findFirst({ where: { createdAt: found.createdAt, id: found.id } }),
    scoped.attempt.findMany({ where, orderBy: { number: 'asc' } }),
  ]);
  if (!call) throw notFound('generation');
  return { data: printGeneration(call, attempts) };
}
