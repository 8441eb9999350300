import type { UpstreamFailure } from '@trunkline/contracts';
import { classifyInBand, classifyResponse, type CodeTable } from '../failure/index.js';
import { isRecord, recordOf, textOf, type JsonRecord } from '../loose-json.js';
import type { FailedResponse } from '../types.js';

/**
 * Google's statuses and reasons where they say more than HTTP's status: a wrong key is a 400 here, and so is an account
 * that may not call from where it is, or has no billing.
 * https://ai.google.dev/gemini-api/docs/troubleshooting · https://cloud.google.com/apis/design/errors
 */
const CODES: CodeTable = {
  API_KEY_INVALID: 'credential_rejected',
  API_KEY_SERVICE_BLOCKED: 'credential_rejected',
  SERVICE_DISABLED: 'credential_rejected',
  CONSUMER_INVALID: 'credential_rejected',
  BILLING_DISABLED: 'quota_exhausted',
  FAILED_PRECONDITION: 'credential_rejected',
  UNAUTHENTICATED: 'credential_rejected',
  UNAVAILABLE: 'overloaded',
  DEADLINE_EXCEEDED: 'timeout',
  CANCELLED: 'server_error',
  INTERNAL: 'server_error',
};

const MAX_DELAY_MS = 24 * 60 * 60 * 1000;

/** `{error: {code, message, status, details}}`, also inside a list, as streams without events have it. */
interface GoogleError {
  message: string;
  status: string | null;
  httpStatus: number | null;
  reason: string | null;
  param: string | null;
  retryAfterMs: number | null;
  isDailyQuota: boolean;
}

/** A refused request. The delay stands in the body (`RetryInfo`), and not in a header. */
export function classifyGemini(response: FailedResponse): UpstreamFailure {
  const error = readGoogleError(parsed(response.body));
  if (!error) return classifyResponse(response, CODES);
  const { message, status: type, reason: code, param } = error;
  const body = JSON.stringify({ error: { message, type, code, param } });
  return withQuota(error, classifyResponse({ ...response, body }, CODES));
}

/** An error inside a 200. */
export function classifyGeminiInBand(value: unknown): UpstreamFailure {
  const error = readGoogleError(value);
  if (!error) {
    return classifyInBand({ message: '', type: null, code: null, param: null, status: null });
  }
  const { message, status: type, reason: code, param, httpStatus: status } = error;
  return withQuota(error, classifyInBand({ message, type, code, param, status }, CODES));
}

/**
 * "You exceeded your current quota" is said of the minute's quota and of the day's alike: only the latter is of no use
 * to wait for.
 */
function withQuota(error: GoogleError, failure: UpstreamFailure): UpstreamFailure {
  const retryAfterMs = error.retryAfterMs ?? failure.retryAfterMs;
  const isExhausted = error.status === 'RESOURCE_EXHAUSTED' && failure.statusCode !== 402;
  if (!isExhausted) return { ...failure, retryAfterMs };
  return { ...failure, retryAfterMs, outcome: error.isDailyQuota ? 'quota_exhausted' : 'rate_limited' };
}

function readGoogleError(value: unknown): GoogleError | null {
  const holder = Array.isArray(value) ? (value[0] as unknown) : value;
  const error = isRecord(holder) ? holder['error'] : null;
  if (!isRecord(error)) return null;
  const details = Array.isArray(error['details']) ? (error['details'] as unknown[]).map(recordOf) : [];
  const { code } = error;
  return {
    message: textOf(error['message']),
    status: textOf(error['status']) || null,
    httpStatus: typeof code === 'number' && code >= 400 && code < 600 ? code : null,
    reason: textOf(detailOf(details, 'ErrorInfo')['reason']) || null,
    param: textOf(firstOf(detailOf(details, 'BadRequest')['fieldViolations'])['field']) || null,
    retryAfterMs: delayMs(detailOf(details, 'RetryInfo')['retryDelay']),
    isDailyQuota: /PerDay/i.test(JSON.stringify(detailOf(details, 'QuotaFailure'))),
  };
}

function detailOf(details: readonly JsonRecord[], type: string): JsonRecord {
  return details.find((detail) => textOf(detail['@type']).endsWith(`google.rpc.${type}`)) ?? {};
}

function firstOf(list: unknown): JsonRecord {
  return recordOf(Array.isArray(list) ? list[0] : null);
}

/** `34.4s`. https://protobuf.dev/reference/protobuf/google.protobuf/#duration */
function delayMs(text: unknown): number | null {
  const seconds = /^(\d{1,9}(?:\.\d{1,9})?)s$/.exec(textOf(text))?.[1];
  return seconds === undefined ? null : Math.min(Math.ceil(Number(seconds) * 1000), MAX_DELAY_MS);
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return null;
  }
}
