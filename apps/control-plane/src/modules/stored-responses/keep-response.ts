import { uuidTime } from '@trunkline/contracts';
import type { KeptResponse } from '@trunkline/queues';
import type { UsageStore } from '../usage/index.js';

const TAKE_ITS_PLACE = `DO UPDATE SET item_ids = EXCLUDED.item_ids, original_bytes = EXCLUDED.original_bytes,
       ciphertext = EXCLUDED.ciphertext`;

/**
 * Writes a response, compressed and encrypted as it came. A second time changes nothing, and what one of the background
 * began with never takes the place of what it ended as.
 */
export async function keepResponse({ pool }: Pick<UsageStore, 'pool'>, kept: KeptResponse): Promise<void> {
  await pool.query(
    `INSERT INTO stored_response
       (call_id, created_at, organization_id, project_id, response_id, item_ids, original_bytes, ciphertext)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
     ON CONFLICT (call_id) ${kept.isBegun ? 'DO NOTHING' : TAKE_ITS_PLACE}`,
    [
      kept.callId,
      uuidTime(kept.callId),
      kept.organizationId,
      kept.projectId,
      kept.responseId,
      kept.itemIds,
      kept.originalBytes,
      Buffer.from(kept.ciphertext, 'base64'),
    ],
  );
}

/** As long as OpenAI keeps them. https://platform.openai.com/docs/guides/your-data */
const KEPT_DAYS = 30;

/** @returns how many are gone */
export async function dropOldResponses({ pool }: Pick<UsageStore, 'pool'>): Promise<number> {
  const { rowCount } = await pool.query(
    'DELETE FROM stored_response WHERE created_at < now() - make_interval(days => $1)',
    [KEPT_DAYS],
  );
  return rowCount ?? 0;
}
