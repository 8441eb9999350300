import { AppError, errorResponse, toAppError, type ErrorCode, type ErrorDialect } from '@trunkline/errors';

export interface PrintedError {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** The one envelope of the gateway: the filter, Fastify's own errors and unreadable requests all come through here. */
export function printError(error: AppError, dialect: ErrorDialect, requestId: string): PrintedError {
  const { status, headers, body } = errorResponse(error, dialect, requestId);
  return {
    status,
    headers: {
      ...headers,
      'x-request-id': requestId,
      ...(dialect === 'anthropic' ? { 'request-id': requestId } : {}),
      'content-type': 'application/json; charset=utf-8',
    },
    body: JSON.stringify(body),
  };
}

const CODE_OF_STATUS: Record<number, ErrorCode> = {
  400: 'invalid_request',
  401: 'invalid_api_key',
  403: 'permission_denied',
  404: 'not_found',
  405: 'method_not_allowed',
  408: 'request_timeout',
  413: 'request_too_large',
  414: 'malformed_url',
  415: 'unsupported_media_type',
  429: 'rate_limit_exceeded',
  431: 'headers_too_large',
  503: 'service_unavailable',
};

/** Fastify's codes that say more than their status. https://fastify.dev/docs/latest/Reference/Errors/ */
const CODE_OF_FASTIFY: Record<string, ErrorCode> = {
  FST_ERR_BAD_URL: 'malformed_url',
  FST_ERR_CTP_BODY_TOO_LARGE: 'request_too_large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported_media_type',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'invalid_request',
};

/** Anything thrown, as an error that a client may see. What nobody expected is a 500 with its cause for the log. */
export function asAppError(thrown: unknown): AppError {
  if (thrown instanceof AppError || !(thrown instanceof Error)) return toAppError(thrown);
  const status = statusOf(thrown);
  const fastifyCode =
    'code' in thrown && typeof thrown.code === 'string' ? CODE_OF_FASTIFY[thrown.code] : undefined;
  const code = fastifyCode ?? (status === null ? undefined : CODE_OF_STATUS[status]);
  return code ? new AppError(code, { cause: thrown }) : toAppError(thrown);
}

/** Nest's exceptions have `getStatus`, Fastify's errors `statusCode`. */
function statusOf(error: Error): number | null {
  if ('getStatus' in error && typeof error.getStatus === 'function') return Number(error.getStatus());
  return 'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : null;
}
