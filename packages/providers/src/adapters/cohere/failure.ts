import type { FailureOutcome, UpstreamFailure } from '@trunkline/contracts';
import { classifyInBand, classifyResponse, readErrorBody, type CodeTable } from '../../failure/index.js';
import { isRecord, textOf } from '../../loose-json.js';
import type { FailedResponse } from '../../types.js';

const CODES: CodeTable = { TOO_MANY_TOKENS: 'context_length' };

/** A month's calls of a trial key, or of a model that is held to trial limits, do not come back by waiting. */
const MONTHLY = /limited to \d[\d,]* API calls \/ month|per month/i;

/**
 * `{message, error_type?, id}`. Two statuses mean something of their own: 498 is a prompt or answer with a listed word
 * in it, 499 a call that was cancelled and may be sent again.
 * https://docs.cohere.com/reference/errors
 */
export function classifyCohere(response: FailedResponse): UpstreamFailure {
  const { message } = readErrorBody(response.body);
  const failure = classifyResponse({ ...response, body: asOpenAi(response.body) }, CODES);
  return { ...failure, outcome: outcomeOf(response.statusCode, message) ?? failure.outcome };
}

/** An error inside a 200. */
export function classifyCohereInBand(value: unknown): UpstreamFailure {
  const { message, type, code, param, status } = readErrorBody(asOpenAi(JSON.stringify(value)));
  return classifyInBand({ message, type, code, param, status }, CODES);
}

function outcomeOf(status: number, message: string): FailureOutcome | null {
  if (status === 498) return 'content_policy';
  if (status === 499) return 'server_error';
  if (status === 429 && MONTHLY.test(message)) return 'quota_exhausted';
  return /^too many tokens/i.test(message) && status < 500 ? 'context_length' : null;
}

/** The body in the form that is read for all providers. */
function asOpenAi(body: string): string {
  try {
    const value: unknown = JSON.parse(body);
    if (!isRecord(value) || typeof value['error_type'] !== 'string') return body;
    return JSON.stringify({ message: textOf(value['message']), code: value['error_type'] });
  } catch {
    return body;
  }
}
