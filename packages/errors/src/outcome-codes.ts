import type { FailureOutcome } from '@trunkline/contracts';
import type { ErrorCode } from './error-codes.js';

/**
 * The code that a client gets when an attempt's outcome decides the answer. With a credential of the tenant's own,
 * `credential_rejected` and `quota_exhausted` become the `byok_…` codes.
 */
export const CODE_OF_OUTCOME = {
  transport: 'provider_transport',
  timeout: 'timeout',
  rate_limited: 'provider_rate_limited',
  overloaded: 'provider_overloaded',
  server_error: 'provider_error',
  credential_rejected: 'provider_credential_rejected',
  quota_exhausted: 'provider_quota_exhausted',
  model_unavailable: 'model_unavailable',
  context_length: 'context_length_exceeded',
  content_policy: 'content_policy_violation',
  invalid_request: 'provider_invalid_request',
  malformed: 'provider_malformed_answer',
  empty: 'provider_empty_answer',
  invalid_output: 'provider_invalid_output',
  truncated: 'provider_truncated',
  cancelled: 'client_left',
} as const satisfies Record<FailureOutcome, ErrorCode>;
