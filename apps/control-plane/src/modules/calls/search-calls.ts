import { Prisma, type PrismaClient, tenantQuery } from '@trunkline/prisma';
import { CALL_COLUMNS, type CallRow } from './call-row.js';

/** Before this time, or at it before this id. */
export interface Place {
  time: Date;
  id: string | null;
}

export interface CallSearch {
  organizationId: string;
  /** Beside tenant and time. */
  conditions: readonly Prisma.Sql[];
  limit: number;
  /** Where the search ends; none looks through all partitions. */
  oldest: Date | undefined;
  before: Place | null;
  isWindowed: boolean;
}

export interface FoundCalls {
  rows: CallRow[];
  /** Where to go on: there are more, or not all of the time was looked through. */
  next: Place | null;
}

const FIRST_WINDOW_MS = 6 * 3_600_000;
const GROWTH = 4;
/** A page that has looked for so long says what it has found, and where it stopped. */
const BUDGET_MS = 1_000;
/** Windows grow only while they are looked through faster than this, so that the last one cannot take long. */
const FAST_MS = 150;

/**
 * Reads a page of calls, newest first. A filter that fits few rows would look through all of a busy log for them, so such
 * a search goes back in time window by window, and ends unfinished when it has taken long enough.
 */
export async function searchCalls(client: PrismaClient, search: CallSearch): Promise<FoundCalls> {
  const { oldest, limit } = search;
  if (!search.isWindowed || !oldest) return found(await readRows(client, search, oldest, limit + 1), limit);
  const started = performance.now();
  let before = search.before;
  let lengthMs = FIRST_WINDOW_MS;
  const rows: CallRow[] = [];
  for (;;) {
    const end = before?.time ?? new Date();
    const from = new Date(Math.max(oldest.getTime(), end.getTime() - lengthMs));
    const windowStarted = performance.now();
    rows.push(...(await readRows(client, { ...search, before }, from, limit + 1 - rows.length)));
    if (rows.length > limit || from.getTime() <= oldest.getTime()) return found(rows, limit);
    before = { time: from, id: null };
    if (performance.now() - started > BUDGET_MS) return { rows, next: before };
    if (performance.now() - windowStarted < FAST_MS) lengthMs *= GROWTH;
  }
}

function found(rows: CallRow[], limit: number): FoundCalls {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return { rows: page, next: rows.length > limit && last ? { time: last.createdAt, id: last.id } : null };
}

function readRows(
  client: PrismaClient,
  search: CallSearch,
  from: Date | undefined,
  limit: number,
): Promise<CallRow[]> {
  const { before } = search;
  const conditions = [...search.conditions];
  if (from) conditions.push(Prisma.sql`c.created_at >= ${from}`);
  if (before?.id) conditions.push(Prisma.sql`(c.created_at, c.id) < (${before.time}, ${before.id}::uuid)`);
  else if (before) conditions.push(Prisma.sql`c.created_at < ${before.time}`);
  return tenantQuery<CallRow>(
    client,
    search.organizationId,
    (owns) => Prisma.sql`
      SELECT ${Prisma.raw(CALL_COLUMNS)}
      FROM call c
      WHERE ${Prisma.join([owns('c'), ...conditions], ' AND ')}
      ORDER BY c.created_at DESC, c.id DESC
      LIMIT ${limit}`,
  );
}
