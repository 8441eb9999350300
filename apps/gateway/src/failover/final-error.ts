import type { FailureOutcome } from '@trunkline/contracts';
import { AppError, CODE_OF_OUTCOME, type ErrorCode } from '@trunkline/errors';
import type { AttemptTrace } from './attempt-runner.js';

/** The request's own fault: these decide before all others, whoever said them. */
const OF_THE_REQUEST: ReadonlySet<FailureOutcome> = new Set([
  'invalid_request',
  'context_length',
  'content_policy',
]);
/** A provider's own status of the same meaning is kept. */
const KEPT_STATUSES: ReadonlySet<number> = new Set([400, 413, 422]);

/**
 * The error of a call for which no target is left: the first of these that any attempt had: the request's own fault ·
 * rate limits, with the shortest delay · overload · "no such model" if all said so · timeout · everything else.
 * @param fieldOf the client's name for the field that an attempt's failure blames
 */
export function finalError(
  trail: readonly AttemptTrace[],
  fieldOf: (param: string, attempt: AttemptTrace) => string = (param) => param,
): AppError {
  const decisive = decisiveAttempt(trail);
  const failure = decisive?.failure;
  if (!decisive || !failure)
    return new AppError('timeout', { publicMessage: 'No provider could be asked in time.' });
  // "No such model" with a 400 is the provider's word on the request: its status and message are the client's to read.
  const isRefused = failure.outcome === 'model_unavailable' && failure.statusCode === 400;
  const outcome = isRefused ? 'invalid_request' : failure.outcome;
  const isOfRequest = OF_THE_REQUEST.has(outcome);
  return new AppError(codeOf(decisive.target.ownKey, outcome), {
    // Only where the request is at fault is the provider's word any use to the client.
    ...(isOfRequest && failure.message ? { publicMessage: failure.message } : {}),
    ...(isOfRequest ? { param: failure.param && fieldOf(failure.param, decisive) } : {}),
    ...(isOfRequest && failure.statusCode !== null && KEPT_STATUSES.has(failure.statusCode)
      ? { status: failure.statusCode }
      : {}),
    ...(failure.outcome === 'rate_limited' ? { retryAfterMs: shortestDelay(trail) } : {}),
    metadata: {
      provider: decisive.target.offer.providerId,
      provider_code: failure.providerCode,
      attempts: trail.map(({ target, failure: failed, statusCode }) => ({
        provider: target.offer.providerId,
        model: target.model.id,
        outcome: failed?.outcome ?? 'cancelled',
        status: statusCode,
      })),
    },
    details: { providerMessage: failure.message },
  });
}

/** What is wrong with a credential of their own, clients can mend; with the platform's they cannot. */
function codeOf(ownKey: boolean, outcome: FailureOutcome): ErrorCode {
  if (ownKey && outcome === 'credential_rejected') return 'byok_credential_rejected';
  if (ownKey && outcome === 'quota_exhausted') return 'byok_quota_exhausted';
  return CODE_OF_OUTCOME[outcome];
}

function decisiveAttempt(trail: readonly AttemptTrace[]): AttemptTrace | undefined {
  const had = (outcome: FailureOutcome) => trail.find(({ failure }) => failure?.outcome === outcome);
  const ofRequest = trail.find(({ failure }) => failure !== null && OF_THE_REQUEST.has(failure.outcome));
  if (ofRequest) return ofRequest;
  const known = had('rate_limited') ?? had('overloaded');
  if (known) return known;
  if (trail.every(({ failure }) => failure?.outcome === 'model_unavailable'))
    return trail.find(({ failure }) => failure?.statusCode !== 400) ?? trail[0];
  return (
    had('timeout') ??
    trail.findLast(({ failure }) => failure !== null && failure.outcome !== 'model_unavailable')
  );
}

function shortestDelay(trail: readonly AttemptTrace[]): number | null {
  const delays = trail.flatMap(({ failure }) =>
    failure?.outcome === 'rate_limited' && failure.retryAfterMs !== null ? [failure.retryAfterMs] : [],
  );
  return delays.length > 0 ? Math.min(...delays) : null;
}
