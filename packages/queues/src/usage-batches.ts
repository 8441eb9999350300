import { z } from 'zod';

/** Usage goes to `{usage-0}` … : one queue lives in one slot of a cluster, so several spread over it. */
export const USAGE_QUEUE_COUNT = 4;

/** Names of all usage queues. The braces are the cluster's hash tag. */
export const USAGE_QUEUES: readonly string[] = Array.from(
  { length: USAGE_QUEUE_COUNT },
  (_, n) => `{usage-${n}}`,
);

/** The queue of a spool: always the same, so that its batches stay in order. */
export function usageQueueOf(spool: string): string {
  let hash = 0;
  for (let at = 0; at < spool.length; at++) hash = (hash * 31 + spool.charCodeAt(at)) >>> 0;
  return `{usage-${hash % USAGE_QUEUE_COUNT}}`;
}

const spoolNumber = z.int().nonnegative();

/**
 * A batch of a spool's records: those with the numbers `from + 1` … `to`.
 *
 * Its transaction commits only if the spool's position *is* `from`: where it is further, the batch is done already;
 * where it is behind, the batch is left to be sent again.
 *
 * Jobs in flight of older gateways: there has been this one shape so far.
 */
export const usageBatch = z
  .strictObject({
    spool: z.string().min(1),
    from: spoolNumber,
    to: spoolNumber,
    /** One record each (`spoolRecord` of contracts) as JSON text, so that a bad one can be set aside as it came. */
    records: z.array(z.string()),
  })
  .refine(
    (batch) => batch.records.length === batch.to - batch.from,
    'a batch holds each number from + 1 … to once',
  );
export type UsageBatch = z.infer<typeof usageBatch>;

/** Job id of a batch. Not an integer and without a colon, as BullMQ asks of its custom ids. */
export function usageJobId(batch: Pick<UsageBatch, 'spool' | 'from'>): string {
  return `${batch.spool}-${batch.from}`;
}

/**
 * A batch's job is tried until it is done: the spool sends it again when it is gone, and a dead one is kept and seen.
 */
export const usageJobOptions = {
  attempts: 12,
  backoff: { type: 'exponential', delay: 250, jitter: 0.5 },
  removeOnComplete: true,
  removeOnFail: false,
} as const;
