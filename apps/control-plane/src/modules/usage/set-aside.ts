import type { SqlConnection } from '@trunkline/prisma';

/** A record that cannot be posted, and why. */
export interface BadRecord {
  number: number;
  text: string;
  error: string;
}

const MAX_ERROR_CHARACTERS = 2_000;

/** Keeps records that cannot be posted where an operator sees them; their batch goes on. */
export async function setAside(
  client: SqlConnection,
  spool: string,
  records: readonly BadRecord[],
): Promise<void> {
  if (records.length === 0) return;
  // Postgres stores neither NUL nor halves of surrogate pairs as text.
  const storable = (text: string) => text.replaceAll('\0', '\uFFFD').toWellFormed();
  await client.query(
    `INSERT INTO set_aside_record (spool_id, number, payload, error)
     SELECT $1, * FROM unnest($2::bigint[], $3::text[], $4::text[]) ON CONFLICT DO NOTHING`,
    [
      spool,
      records.map((record) => record.number),
      records.map((record) => storable(record.text)),
      records.map((record) => storable(record.error).slice(0, MAX_ERROR_CHARACTERS)),
    ],
  );
}
