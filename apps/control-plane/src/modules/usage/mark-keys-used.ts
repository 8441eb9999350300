import type { SqlConnection } from '@trunkline/prisma';
import type { UsageCall } from './read-usage-record.js';

// Within a minute is good enough for people to read, and spares a busy key's row. A row that somebody holds is passed
// over, so that this never waits, let alone in a circle.
const MARK = `
  WITH due AS (
    SELECT api_key.id, row.used_at
    FROM api_key JOIN unnest($1::uuid[], $2::timestamptz[]) AS row (id, used_at) ON api_key.id = row.id
    WHERE api_key.last_used_at IS NULL OR api_key.last_used_at < row.used_at - interval '1 minute'
    FOR NO KEY UPDATE OF api_key SKIP LOCKED
  )
  UPDATE api_key SET last_used_at = due.used_at FROM due WHERE api_key.id = due.id`;

/** Notes when keys were last used, to the minute. */
export async function markKeysUsed(client: SqlConnection, calls: readonly UsageCall[]): Promise<void> {
  const usedAt = new Map<string, Date>();
  for (const { record, createdAt } of calls) {
    if (record.keyId === null) continue;
    const before = usedAt.get(record.keyId);
    if (!before || before < createdAt) usedAt.set(record.keyId, createdAt);
  }
  if (usedAt.size > 0) await client.query(MARK, [[...usedAt.keys()], [...usedAt.values()]]);
}
