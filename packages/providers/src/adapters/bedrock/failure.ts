import type { FailureOutcome, UpstreamFailure } from '@trunkline/contracts';
import { classifyInBand, classifyResponse } from '../../failure/index.js';
import { recordOf, textOf } from '../../loose-json.js';
import { ownValue } from '../../own-value.js';
import type { FailedResponse } from '../../types.js';

/**
 * What Amazon's exceptions mean where that is plain; of others the status and the message say it.
 * https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html#API_runtime_Converse_Errors
 * https://docs.aws.amazon.com/bedrock/latest/APIReference/CommonErrors.html
 */
const OUTCOMES: Readonly<Record<string, FailureOutcome>> = {
  ThrottlingException: 'rate_limited',
  TooManyRequestsException: 'rate_limited',
  ModelNotReadyException: 'overloaded',
  ServiceUnavailableException: 'overloaded',
  ServiceUnavailable: 'overloaded',
  ModelTimeoutException: 'timeout',
  ModelErrorException: 'server_error',
  ModelStreamErrorException: 'server_error',
  InternalServerException: 'server_error',
  InternalFailure: 'server_error',
  ServiceQuotaExceededException: 'quota_exhausted',
  ResourceNotFoundException: 'model_unavailable',
  UnrecognizedClientException: 'credential_rejected',
  InvalidSignatureException: 'credential_rejected',
  IncompleteSignature: 'credential_rejected',
  IncompleteSignatureException: 'credential_rejected',
  SignatureDoesNotMatch: 'credential_rejected',
  MissingAuthenticationToken: 'credential_rejected',
  MissingAuthenticationTokenException: 'credential_rejected',
  InvalidClientTokenId: 'credential_rejected',
  ExpiredTokenException: 'credential_rejected',
  ExpiredToken: 'credential_rejected',
  OptInRequired: 'credential_rejected',
};

/** Said of a wrong model with the status and the type of a wrong request. */
const MODEL =
  /model identifier is invalid|on-demand throughput isn.t supported|end of its life|access to the model|marked by provider as legacy/i;
const CONTEXT = /exceeds? (?:the )?context limit|input tokens exceed/i;
/** A quota of the day is of no use to wait for. */
const DAILY = /tokens per day/i;

/** An account's number and what is named behind it. */
const OF_ACCOUNT = /arn:aws[\w-]*:[\w-]*:[\w-]*:\d{12}:[^\s,'"]*/g;

/** A refused request: the body has a message alone, its type stands in a header. */
export function classifyBedrock(response: FailedResponse): UpstreamFailure {
  const body = parsed(response.body);
  const message = messageOf(body);
  if (message === null) return classifyResponse(response);
  const type = typeOf(single(response.headers['x-amzn-errortype'])) ?? typeOf(body['__type']);
  const error = { message, ...(type === null ? {} : { type }) };
  const failure = classifyResponse({ ...response, body: JSON.stringify({ error }) });
  return { ...failure, outcome: outcomeOf(type, message) ?? failure.outcome };
}

/** An exception inside a stream. https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ConverseStreamOutput.html */
export function classifyException(name: string, data: string): UpstreamFailure {
  const type = name.charAt(0).toUpperCase() + name.slice(1);
  const message = messageOf(parsed(data)) ?? '';
  const status = type === 'ValidationException' ? 400 : null;
  const failure = classifyInBand({ message, type, code: null, param: null, status });
  return { ...failure, outcome: outcomeOf(type, message) ?? failure.outcome };
}

function outcomeOf(type: string | null, message: string): FailureOutcome | undefined {
  const outcome = ownValue(OUTCOMES, type ?? '');
  if (outcome === 'rate_limited' && DAILY.test(message)) return 'quota_exhausted';
  if (outcome !== undefined) return outcome;
  if (type !== 'ValidationException') return undefined;
  if (CONTEXT.test(message)) return 'context_length';
  return MODEL.test(message) ? 'model_unavailable' : undefined;
}

function messageOf(body: Readonly<Record<string, unknown>>): string | null {
  const message = textOf(body['message']) || textOf(body['Message']);
  return message === '' ? null : message.replaceAll(OF_ACCOUNT, '[redacted]');
}

/** `ValidationException:http://internal.amazon.com/…`, `com.amazon.coral.service#UnrecognizedClientException`. */
function typeOf(value: unknown): string | null {
  return /^(?:[\w.]*#)?(\w+)/.exec(textOf(value))?.[1] ?? null;
}

function parsed(body: string): Record<string, unknown> {
  try {
    return recordOf(JSON.parse(body));
  } catch {
    return {};
  }
}

function single(header: string | readonly string[] | undefined): string | undefined {
  return typeof header === 'string' ? header : header?.[0];
}
