import { uuidTime } from '@trunkline/contracts';
import { Prisma, type PrismaClient, tenantQuery } from '@trunkline/prisma';

const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
/** An attempt begins at most this long after its call. */
const LONGEST_CALL_MS = 20 * 60_000;

/**
 * The condition that finds a call by an id that somebody has at hand: its own, an attempt's, the client's or the
 * provider's. Ids of ours hold their time, so that one partition is looked at and not all.
 */
export async function findByText(
  client: PrismaClient,
  organizationId: string,
  text: string,
): Promise<Prisma.Sql> {
  const named = Prisma.sql`(c.client_request_id = ${text} OR c.provider_response_id = ${text})`;
  if (!UUID_V7.test(text)) return named;
  const id = text.toLowerCase();
  const time = uuidTime(id);
  const [attempt] = await tenantQuery<{ call_id: string; created_at: Date }>(
    client,
    organizationId,
    (owns) => Prisma.sql`
      SELECT a.call_id, a.created_at FROM attempt a
      WHERE ${owns('a')} AND a.id = ${id}::uuid
        AND a.created_at BETWEEN ${new Date(time.getTime() - LONGEST_CALL_MS)} AND ${time}
      LIMIT 1`,
  );
  const own = Prisma.sql`(c.created_at = ${time} AND c.id = ${id}::uuid)`;
  if (!attempt) return Prisma.sql`(${own} OR ${named})`;
  return Prisma.sql`(${own} OR ${named} OR (c.created_at = ${attempt.created_at} AND c.id = ${attempt.call_id}::uuid))`;
}
