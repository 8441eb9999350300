import type { CallPage, ListCallsQuery } from '@trunkline/contracts/control-plane';
import { forOrganization, Prisma, type PrismaClient, tenantQuery } from '@trunkline/prisma';
import type { Database } from '../../database/database.module.js';
import { decodeCursor, encodeCursor, pageFrom, TIME_PART, UUID_PART } from '../../database/keyset.js';
import type { MemberActor } from '../../http/actor.js';
import { callConditions, requireRange } from './call-filters.js';
import { CALL_COLUMNS, type CallRow, namesOf, toCall } from './call-row.js';
import { findByText } from './find-by-text.js';

const MINUTE_MS = 60_000;
/** How long a call may take and still be seen by the tail when it ends. */
const LONGEST_CALL_MS = 20 * MINUTE_MS;
/** Rows come up to 2 s after their call's end, and clocks differ: the tail looks back this far, so rows come twice. */
const TAIL_OVERLAP_MS = 10_000;
const DEFAULT_RANGE_MS = 31 * 24 * 60 * MINUTE_MS;

/** A page of the request log, newest first, or with `after` what has ended since. */
export async function listCalls({ client }: Database, actor: MemberActor, query: ListCallsQuery): Promise<CallPage> {
  const now = new Date();
  const from = query.from ? new Date(query.from) : undefined;
  const to = query.to ? new Date(query.to) : undefined;
  requireRange(from, to);
  const conditions = callConditions(query);
  if (to) conditions.push(Prisma.sql`c.created_at < ${to}`);
  if (query.text) conditions.push(await findByText(client, actor.organizationId, query.text));
  else if (query.after) conditions.push(...endedSince(query.after));
  if (from) conditions.push(Prisma.sql`c.created_at >= ${from}`);
  else if (!query.text) conditions.push(Prisma.sql`c.created_at >= ${new Date(now.getTime() - DEFAULT_RANGE_MS)}`);
  if (query.cursor) conditions.push(olderThan(query.cursor));

  const rows = await readRows(client, actor.organizationId, conditions, query.limit + 1);
  const page = pageFrom(rows, query.limit, (row) => encodeCursor(row.createdAt.toISOString(), row.id));
  const names = await namesOf(forOrganization(client, actor.organizationId), page.items);
  return {
    items: page.items.map((row) => toCall(row, names)),
    nextCursor: page.nextCursor,
    tailCursor: encodeCursor(now.toISOString()),
  };
}

function readRows(client: PrismaClient, organizationId: string, conditions: Prisma.Sql[], limit: number) {
  return tenantQuery<CallRow>(
    client,
    organizationId,
    (owns) => Prisma.sql`
      SELECT ${Prisma.raw(CALL_COLUMNS)}
      FROM call c
      WHERE ${Prisma.join([owns('c'), ...conditions], ' AND ')}
      ORDER BY c.created_at DESC, c.id DESC
      LIMIT ${limit}`,
  );
}

function olderThan(cursor: string): Prisma.Sql {
  const [time = '', id = ''] = decodeCursor(cursor, [TIME_PART, UUID_PART]);
  return Prisma.sql`(c.created_at, c.id) < (${new Date(time)}, ${id}::uuid)`;
}

/** A row's time is its call's beginning and it appears at its end, so the tail goes by the end. */
function endedSince(cursor: string): Prisma.Sql[] {
  const [time = ''] = decodeCursor(cursor, [TIME_PART]);
  const since = new Date(time).getTime() - TAIL_OVERLAP_MS;
  return [
    Prisma.sql`c.created_at >= ${new Date(since - LONGEST_CALL_MS)}`,
    Prisma.sql`c.created_at + c.duration_ms * interval '1 millisecond' >= ${new Date(since)}`,
  ];
}
