import { uuidTime } from '@trunkline/contracts';
import type { KeptBody } from '@trunkline/queues';
import type { UsageStore } from './usage-store.js';

/** Writes a body, compressed and encrypted as it came, beside its call. A second time does nothing. */
export async function keepBody({ pool, partitions }: UsageStore, body: KeptBody): Promise<void> {
  const createdAt = uuidTime(body.callId);
  await partitions.ensureFor([createdAt]);
  await pool.query(
    `INSERT INTO call_body (created_at, call_id, number, organization_id, original_bytes, ciphertext)
     VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`,
    [
      createdAt,
      body.callId,
      body.number,
      body.organizationId,
      body.originalBytes,
      Buffer.from(body.ciphertext, 'base64'),
    ],
  );
}
