import type { CallPage, ListCallsQuery } from '@trunkline/contracts/control-plane';
import { forOrganization, Prisma } from '@trunkline/prisma';
import type { Database } from '../../database/database.module.js';
import { decodeCursor, encodeCursor, TIME_PART, UUID_PART } from '../../database/keyset.js';
import type { MemberActor } from '../../http/actor.js';
import { callConditions, requireRange } from './call-filters.js';
import { namesOf, toCall } from './call-row.js';
import { findByText } from './find-by-text.js';
import { type Place, searchCalls } from './search-calls.js';

const MINUTE_MS = 60_000;
/** How long a call may take and still be seen by the tail when it ends. */
const LONGEST_CALL_MS = 20 * MINUTE_MS;
/** Rows come up to 2 s after their call's end, and clocks differ: the tail looks back this far, so rows come twice. */
const TAIL_OVERLAP_MS = 10_000;
const DEFAULT_RANGE_MS = 31 * 24 * 60 * MINUTE_MS;
/** In a cursor: before this time, whatever the id. */
const NO_ID = '00000000-0000-0000-0000-000000000000';

/** A page of the request log, newest first, or with `after` what has ended since. */
export async function listCalls(
  { client }: Database,
  actor: MemberActor,
  query: ListCallsQuery,
): Promise<CallPage> {
  const now = new Date();
  const from = query.from ? new Date(query.from) : undefined;
  const to = query.to ? new Date(query.to) : undefined;
  requireRange(from, to);
  const conditions = callConditions(query);
  const isFiltered = conditions.length > 0;
  if (query.text) conditions.push(await findByText(client, actor.organizationId, query.text));
  else if (query.after) conditions.push(...endedSince(query.after));
  const oldest = from ?? (query.text ? undefined : new Date(now.getTime() - DEFAULT_RANGE_MS));
  const page = await searchCalls(client, {
    organizationId: actor.organizationId,
    conditions,
    limit: query.limit,
    oldest,
    before: query.cursor ? decodePlace(query.cursor) : to ? { time: to, id: null } : null,
    // Only a filter can make a search look at more rows than it finds.
    isWindowed: isFiltered && oldest !== undefined && !query.text && !query.after,
  });
  const names = await namesOf(forOrganization(client, actor.organizationId), page.rows);
  return {
    items: page.rows.map((row) => toCall(row, names)),
    nextCursor: page.next && encodePlace(page.next),
    tailCursor: encodeCursor(now.toISOString()),
  };
}

function encodePlace({ time, id }: Place): string {
  return encodeCursor(time.toISOString(), id ?? NO_ID);
}

function decodePlace(cursor: string): Place {
  const [time = '', id = ''] = decodeCursor(cursor, [TIME_PART, UUID_PART]);
  return { time: new Date(time), id: id === NO_ID ? null : id };
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
