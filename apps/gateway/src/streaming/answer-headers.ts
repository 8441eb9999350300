import type { Target } from '@trunkline/routing';
import type { LimitState } from '../pipeline/ports.js';

export interface HeaderFacts {
  readonly requestId: string;
  readonly target: Target;
  readonly attempts: number;
  readonly limits: LimitState;
}

/** What every answer says of itself at the commit. */
export function answerHeaders({ requestId, target, attempts, limits }: HeaderFacts): Record<string, string> {
  return {
    'x-request-id': requestId,
    'x-trunkline-provider': target.offer.providerId,
    'x-trunkline-model': target.model.id,
    'x-trunkline-attempts': String(attempts),
    'x-trunkline-cache': 'off',
    ...limitHeaders(limits),
  };
}

/** As OpenAI's: https://platform.openai.com/docs/guides/rate-limits#rate-limits-in-headers */
export function limitHeaders(limits: LimitState): Record<string, string> {
  const headers: Record<string, string> = {};
  if (limits.limitRequests !== null) headers['x-ratelimit-limit-requests'] = String(limits.limitRequests);
  if (limits.remainingRequests !== null)
    headers['x-ratelimit-remaining-requests'] = String(limits.remainingRequests);
  if (limits.resetRequestsMs !== null)
    headers['x-ratelimit-reset-requests'] = printDelay(limits.resetRequestsMs);
  return headers;
}

/** `350ms`, `12s`, `1m4s`. */
function printDelay(ms: number): string {
  if (ms < 1000) return `${Math.ceil(ms)}ms`;
  const seconds = Math.ceil(ms / 1000);
  return seconds < 60 ? `${seconds}s` : `${Math.floor(seconds / 60)}m${seconds % 60}s`;
}
