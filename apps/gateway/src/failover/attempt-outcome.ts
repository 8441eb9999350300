import type { FailureOutcome } from '@trunkline/contracts';

/** What follows from an outcome. docs/failover.md prints this table; a test keeps the two equal. */
export interface OutcomeRule {
  /** Ask the same target again when nothing better is left: after a backoff, after the delay it named, or never. */
  readonly sameTarget: 'after_backoff' | 'after_named_delay' | 'never';
  /** Ask another target of the same model: always, only when its declared limits differ in what failed, or never. */
  readonly otherTarget: 'yes' | 'if_limits_differ' | 'no';
  /** Ask another model, where the request or a policy names one. */
  readonly otherModel: boolean;
  /** Counts against the target's breaker, opens the credential's, cools the target for a while, or says nothing. */
  readonly breaker: 'counts' | 'credential' | 'cools' | 'no';
  /** Another target may go on with an answer that broke off like this after the commit. */
  readonly rescue: boolean;
}

const failing: OutcomeRule = {
  sameTarget: 'after_backoff',
  otherTarget: 'yes',
  otherModel: true,
  breaker: 'counts',
  rescue: true,
};
const ofTheRequest: OutcomeRule = {
  sameTarget: 'never',
  otherTarget: 'if_limits_differ',
  otherModel: true,
  breaker: 'no',
  rescue: false,
};
/** Taken out for every target that uses it. */
const ofTheCredential: OutcomeRule = {
  sameTarget: 'never',
  otherTarget: 'yes',
  otherModel: true,
  breaker: 'credential',
  rescue: true,
};

export const OUTCOME_RULES = {
  transport: failing,
  timeout: failing,
  rate_limited: {
    sameTarget: 'after_named_delay',
    otherTarget: 'yes',
    otherModel: true,
    breaker: 'cools',
    rescue: true,
  },
  overloaded: failing,
  server_error: failing,
  credential_rejected: ofTheCredential,
  quota_exhausted: ofTheCredential,
  model_unavailable: { ...failing, sameTarget: 'never' },
  context_length: ofTheRequest,
  content_policy: ofTheRequest,
  invalid_request: { ...ofTheRequest, otherModel: false },
  malformed: failing,
  empty: { sameTarget: 'after_backoff', otherTarget: 'yes', otherModel: true, breaker: 'no', rescue: true },
  invalid_output: {
    sameTarget: 'after_backoff',
    otherTarget: 'yes',
    otherModel: true,
    breaker: 'no',
    rescue: true,
  },
  truncated: failing,
  cancelled: { sameTarget: 'never', otherTarget: 'no', otherModel: false, breaker: 'no', rescue: false },
} as const satisfies Record<FailureOutcome, OutcomeRule>;
