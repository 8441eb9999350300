import { BODIES_QUEUE, USAGE_QUEUES } from '@trunkline/queues';
import type { Job } from 'bullmq';

/** Works the jobs of some queues. */
export interface QueueHandler {
  /** Names of its queues. */
  readonly queues: readonly string[];
  /** Jobs of one queue that are worked at the same time. */
  readonly concurrency: number;
  /** @param signal aborted when the process is to stop: give up what can be done later */
  handle(job: Job<unknown>, signal: AbortSignal): Promise<void>;
}

/** Every queue that producers add to. */
const QUEUES: readonly string[] = [...USAGE_QUEUES, BODIES_QUEUE];

/**
 * Gives each queue its handler.
 * @throws Error when a queue has none, or two, or a handler names a queue that there is not
 */
export function handlersByQueue(
  handlers: readonly QueueHandler[],
  queues: readonly string[] = QUEUES,
): Map<string, QueueHandler> {
  const found = new Map<string, QueueHandler>();
  for (const handler of handlers) {
    for (const queue of handler.queues) {
      if (!queues.includes(queue)) throw new Error(`there is a handler for ${queue}, but no such queue`);
      if (found.has(queue)) throw new Error(`queue ${queue} has two handlers`);
      found.set(queue, handler);
    }
  }
  const orphan = queues.find((queue) => !found.has(queue));
  if (orphan !== undefined) throw new Error(`queue ${orphan} has no handler`);
  return found;
}
