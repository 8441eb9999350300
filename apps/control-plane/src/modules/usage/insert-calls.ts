import type { SqlConnection } from '@trunkline/prisma';
import {
  ATTEMPT_COLUMNS,
  attemptRows,
  CALL_COLUMNS,
  callRow,
  insertRows,
  LINE_COLUMNS,
  lineRows,
} from './call-rows.js';
import type { UsageCall } from './read-usage-record.js';

const INSERT_CALLS = `${insertRows('call', CALL_COLUMNS)} ON CONFLICT DO NOTHING RETURNING id`;
const INSERT_ATTEMPTS = insertRows('attempt', ATTEMPT_COLUMNS);
const INSERT_LINES = insertRows('call_line', LINE_COLUMNS);

/**
 * Writes calls that the log does not know, with their attempts and lines.
 * @returns those that were written; only they may reach ledger, budgets and rollups
 */
export async function insertCalls(
  client: SqlConnection,
  calls: readonly UsageCall[],
  spool: string,
): Promise<UsageCall[]> {
  const byId = new Map<string, UsageCall>();
  for (const call of calls) if (!byId.has(call.record.id)) byId.set(call.record.id, call);
  const rows = [...byId.values()].map((call) => callRow(call, spool));
  const inserted = await client.query<{ id: string }>(INSERT_CALLS, [JSON.stringify(rows)]);
  const fresh = inserted.rows.flatMap(({ id }) => byId.get(id) ?? []).toSorted((a, b) => a.number - b.number);

  const attempts = fresh.flatMap(attemptRows);
  if (attempts.length > 0) await client.query(INSERT_ATTEMPTS, [JSON.stringify(attempts)]);
  const lines = fresh.flatMap(lineRows);
  if (lines.length > 0) await client.query(INSERT_LINES, [JSON.stringify(lines)]);
  return fresh;
}
