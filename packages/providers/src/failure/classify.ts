import type { FailureOutcome, UpstreamFailure } from '@trunkline/contracts';
import { ownValue } from '../own-value.js';
import type { FailedResponse } from '../types.js';
import { readErrorBody, type ProviderError } from './read-error.js';
import { delayInBody, limitResetMs, retryAfterMs } from './retry-after.js';
import { scrubMessage } from './scrub-message.js';

/** What a provider's own codes mean where they say more than the status. Checked before the messages. */
export type CodeTable = Readonly<Record<string, FailureOutcome>>;

/**
 * Codes and types in use among providers.
 * https://platform.openai.com/docs/guides/error-codes · https://docs.claude.com/en/api/errors
 * https://console.groq.com/docs/errors · https://openrouter.ai/docs/api-reference/errors-and-debugging
 */
const CODES: CodeTable = {
  insufficient_quota: 'quota_exhausted',
  billing_hard_limit_reached: 'quota_exhausted',
  billing_not_active: 'quota_exhausted',
  enforced_spend_limit_reached: 'quota_exhausted',
  billing_error: 'quota_exhausted',
  insufficient_balance: 'quota_exhausted',
  invalid_api_key: 'credential_rejected',
  authentication_error: 'credential_rejected',
  account_deactivated: 'credential_rejected',
  context_length_exceeded: 'context_length',
  too_many_prompt_tokens: 'context_length',
  content_filter: 'content_policy',
  content_policy_violation: 'content_policy',
  data_inspection_failed: 'content_policy',
  model_not_found: 'model_unavailable',
  invalid_model: 'model_unavailable',
  model_decommissioned: 'model_unavailable',
  overloaded_error: 'overloaded',
  rate_limit_exceeded: 'rate_limited',
  rate_limit_error: 'rate_limited',
};

/** Types that say what a status would, for errors that come without one, inside a stream. */
const STATUS_OF_TYPE: Readonly<Record<string, number>> = {
  invalid_request_error: 400,
  authentication_error: 401,
  permission_error: 403,
  not_found_error: 404,
  request_too_large: 413,
  rate_limit_error: 429,
  api_error: 500,
  server_error: 500,
  internal_server_error: 500,
  timeout_error: 504,
  overloaded_error: 529,
};

/**
 * Statuses of 4xx that are about what was asked. The others (405, 407, 411, 421, 426, 431 …) are between us and the
 * target, and another one may well answer. https://www.rfc-editor.org/rfc/rfc9110#section-15.5
 */
const OF_THE_REQUEST: ReadonlySet<number> = new Set([400, 413, 414, 415, 422]);

/** Of those, what a proxy says in a page of its own is about the connection: an API would have said it in JSON. */
const OF_A_PROXY: ReadonlySet<number> = new Set([400, 415, 422]);
const PAGE = /^\s*<(?:!doctype\s+html|html)/i;

const QUOTA =
  /insufficient (?:balance|funds|credits?|quota)|exceeded your current quota|credit balance is too low|spend(?:ing)? limit/i;
const CONTEXT =
  /context (?:window|length)|prompt is too long|(?:input|prompt|messages?|request) (?:is|are) too long|too many (?:input |prompt )?tokens|reduce the length|maximum (?:context|sequence|input|prompt) length|exceeds? (?:the )?(?:model'?s? )?max(?:imum)?(?: number of)? (?:input |context )?tokens/i;
const POLICY =
  /content (?:management )?(?:policy|policies|filter)|flagged|moderation|safety (?:system|reasons|filter)|inappropriate content/i;
const MODEL =
  /\bmodel\b.{0,80}(?:does not exist|not found|not exist|not available|no longer|deprecated|decommissioned|not supported)|(?:invalid|unknown|unsupported) model|not a valid model|no such model/i;
const OVERLOAD = /overloaded|at capacity|no capacity|capacity exceeded|try again later/i;

/** Turns a provider's refusal into an outcome. Status first where it is plain, then codes, then what the message says. */
export function classifyResponse(response: FailedResponse, codes: CodeTable = {}): UpstreamFailure {
  const error = readErrorBody(response.body);
  const isOfProxy = OF_A_PROXY.has(response.statusCode) && PAGE.test(response.body);
  const outcome = isOfProxy ? 'server_error' : outcomeOf(response.statusCode, error, codes);
  return {
    outcome,
    statusCode: response.statusCode,
    retryAfterMs: namedDelay(response, outcome),
    providerCode: error.code ?? error.type,
    message: scrubMessage(error.message) || `The provider answered ${response.statusCode} without a message.`,
    param: error.param,
  };
}

/** The same for an error that came inside a 200. */
export function classifyInBand(error: ProviderError, codes: CodeTable = {}): UpstreamFailure {
  const status = error.status ?? ownValue(STATUS_OF_TYPE, error.type ?? '') ?? 500;
  const outcome = outcomeOf(status, error, codes);
  return {
    outcome,
    statusCode: null,
    // Only words can name one here, and no moment is in them.
    retryAfterMs: PASSES.has(outcome) ? delayInBody(error.message, 0) : null,
    providerCode: error.code ?? error.type,
    message: scrubMessage(error.message) || 'The provider reported an error without a message.',
    param: error.param,
  };
}

/** Outcomes that pass with time: a delay may stand in the body, or follow from the limits that are used up. */
const PASSES: ReadonlySet<FailureOutcome> = new Set(['rate_limited', 'overloaded']);

function namedDelay(response: FailedResponse, outcome: FailureOutcome): number | null {
  const { headers, body, receivedMs } = response;
  const named = retryAfterMs(headers, receivedMs);
  if (named !== null || !PASSES.has(outcome)) return named;
  return (
    delayInBody(body, receivedMs) ?? (outcome === 'rate_limited' ? limitResetMs(headers, receivedMs) : null)
  );
}

function outcomeOf(status: number, error: ProviderError, codes: CodeTable): FailureOutcome {
  const { message } = error;
  const byCode = lookUp(codes, error) ?? lookUp(CODES, error);
  if (status === 402 || byCode === 'quota_exhausted') return 'quota_exhausted';
  if (status === 401) return 'credential_rejected';
  if (status === 429) return QUOTA.test(message) ? 'quota_exhausted' : 'rate_limited';
  if (byCode) return byCode;
  if (status >= 500)
    return status === 503 || status === 529 || OVERLOAD.test(message) ? 'overloaded' : 'server_error';
  if (status === 498) return 'overloaded';
  if (status === 403) return forbidden(message);
  if (status === 404) return 'model_unavailable';
  if (status === 408) return 'timeout';
  if (status === 409 || status === 425) return 'server_error';
  if (status < 400) return 'server_error';
  if (QUOTA.test(message)) return 'quota_exhausted';
  if (CONTEXT.test(message)) return 'context_length';
  if (POLICY.test(message)) return 'content_policy';
  if (status === 410 || MODEL.test(message)) return 'model_unavailable';
  return OF_THE_REQUEST.has(status) ? 'invalid_request' : 'server_error';
}

function forbidden(message: string): FailureOutcome {
  if (POLICY.test(message)) return 'content_policy';
  return /\bmodel\b/i.test(message) ? 'model_unavailable' : 'credential_rejected';
}

function lookUp(table: CodeTable, error: ProviderError): FailureOutcome | undefined {
  return ownValue(table, error.code ?? '') ?? ownValue(table, error.type ?? '');
}
