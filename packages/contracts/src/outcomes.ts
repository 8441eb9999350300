/** How an attempt ended: one closed list (docs/failover.md has the table of what follows from each). */
export const ATTEMPT_OUTCOMES = [
  'success',
  'transport',
  'timeout',
  'rate_limited',
  'overloaded',
  'server_error',
  'credential_rejected',
  'quota_exhausted',
  'model_unavailable',
  'context_length',
  'content_policy',
  'invalid_request',
  'malformed',
  'empty',
  'invalid_output',
  'truncated',
  'cancelled',
] as const;
export type AttemptOutcome = (typeof ATTEMPT_OUTCOMES)[number];
export type FailureOutcome = Exclude<AttemptOutcome, 'success'>;

/** The five clocks of an attempt. */
export const CLOCKS = ['connect', 'headers', 'first_token', 'gap', 'total'] as const;
export type Clock = (typeof CLOCKS)[number];

/** Why a call cost its customer what it cost (docs/billing.md: who pays for which ending). */
export const BILLING_REASONS = [
  'finished',
  'failed',
  'empty',
  'truncated',
  'client_left_before_commit',
  'client_left_after_commit',
  'budget_exceeded',
  'gateway_lost',
] as const;
export type BillingReason = (typeof BILLING_REASONS)[number];

/** What kind of end point of a provider an offer has, and which door of ours needs it. */
export const ENDPOINTS = [
  'chat',
  'responses',
  'messages',
  'completions',
  'embeddings',
  'rerank',
  'moderations',
  'images',
  'speech',
  'transcriptions',
] as const;
export type Endpoint = (typeof ENDPOINTS)[number];
