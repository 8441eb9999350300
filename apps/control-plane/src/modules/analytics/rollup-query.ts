import { inTransaction, type Owns, type Prisma, tenantQuery } from '@trunkline/prisma';
import type { Database } from '../../database/database.module.js';
import type { MemberActor } from '../../http/actor.js';

/**
 * Reads rollups with memory enough to group them in a hash. The planner expects more groups than there are, and in the
 * default 4 MB it would sort wide rows on disk, which takes several times as long.
 */
export function rollupQuery<Row>(
  { client }: Database,
  { organizationId }: MemberActor,
  build: (owns: Owns) => Prisma.Sql,
): Promise<Row[]> {
  return inTransaction(client, async (tx) => {
    await tx.$executeRaw`SET LOCAL work_mem = '64MB'`;
    return tenantQuery<Row>(tx, organizationId, build);
  });
}
