import type { FailureOutcome, UpstreamFailure } from '@trunkline/contracts';

function failure(outcome: FailureOutcome, message: string, param: string | null = null): UpstreamFailure {
  return { outcome, statusCode: null, retryAfterMs: null, providerCode: null, message, param };
}

/** The answer breaks the provider's own protocol. */
export function malformed(message: string): UpstreamFailure {
  return failure('malformed', message);
}

/** The bytes ended before the answer did. */
export function truncated(): UpstreamFailure {
  return failure('truncated', 'The answer ended in the middle.');
}

/** The answer ended well with nothing in it. */
export function empty(): UpstreamFailure {
  return failure('empty', 'The answer has nothing in it.');
}

/** A target cannot express the request. */
export function refused(param: string, message: string): UpstreamFailure {
  return failure('invalid_request', message, param);
}
