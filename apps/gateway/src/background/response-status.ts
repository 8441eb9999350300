import type { JsonObject } from '../doors/responses/print/response-object.js';

export type RunningStatus = 'queued' | 'in_progress';
export type EndedStatus = 'completed' | 'failed' | 'incomplete' | 'cancelled';

/** Whether there is more to come of it. */
export function isRunning(status: unknown): status is RunningStatus {
  return status === 'queued' || status === 'in_progress';
}

/** What its client reads of a response whose process is gone. */
const LOST = {
  code: 'gateway_lost',
  message: 'The gateway that ran this response ended before it did, or what it had to say could not be kept.',
};

/** A response that nobody goes on with, as far as it came. */
export function lostResponse(soFar: JsonObject): JsonObject {
  return { ...soFar, status: 'failed', error: LOST };
}
