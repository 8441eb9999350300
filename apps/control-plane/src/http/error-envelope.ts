import type { ErrorAnswer } from '@trunkline/contracts/control-plane';
import type { Logger } from '@trunkline/observability';
import { databaseCode, isUnreachable } from '../database/is-unreachable.js';
import { ApiError, ERROR_STATUS } from './api-error.js';

export interface ErrorEnvelope {
  status: number;
  body: ErrorAnswer;
}

/** The one place that makes an error answer; also the one that logs it. */
export function errorEnvelope(thrown: unknown, requestId: string, logger: Logger): ErrorEnvelope {
  const error = thrown instanceof ApiError ? thrown : translate(thrown);
  const status = ERROR_STATUS[error.code];
  if (status >= 500) logger.error(error.message, { requestId, error: error.cause ?? error });
  return {
    status,
    body: {
      error: {
        code: error.code,
        message: error.message,
        requestId,
        ...(error.fields ? { fields: error.fields } : {}),
      },
    },
  };
}

function translate(thrown: unknown): ApiError {
  const { status, code, message } = readError(thrown);
  // What the sign-in library says of an outage has a status and no code.
  if (isUnreachable(thrown) || status === ERROR_STATUS.service_unavailable) {
    return new ApiError('service_unavailable', 'The database does not answer. Try again in a moment.', {
      cause: thrown,
    });
  }
  if (code === 'P2023' || code === '22P02') return new ApiError('invalid_request', 'An id is malformed.');
  if (code === '22021')
    return new ApiError('invalid_request', 'A text holds a zero byte, which cannot be stored.');
  if (code === 'P2025') return new ApiError('not_found', 'There is no such thing.');
  if (code === 'P2002' || code === '23505') return new ApiError('conflict', 'That exists already.');
  switch (status) {
    case 400:
      return new ApiError('invalid_request', code.startsWith('FST_') ? message : 'The request is malformed.');
    case 404:
      return new ApiError('not_found', 'There is no such route.');
    case 405:
      return new ApiError('method_not_allowed', 'This route does not take that method.');
    case 413:
      return new ApiError('request_too_large', 'The request is larger than 1 MiB.');
    case 415:
      return new ApiError('unsupported_media_type', 'Send JSON with content-type: application/json.');
    default:
      return new ApiError(
        'internal_error',
        'Something went wrong here. The request id leads to the reason.',
        {
          cause: thrown,
        },
      );
  }
}

function readError(thrown: unknown): { status: number; code: string; message: string } {
  if (typeof thrown !== 'object' || thrown === null)
    return { status: 500, code: '', message: String(thrown) };
  const { status, statusCode, message } = thrown as Record<string, unknown>;
  const getStatus = (thrown as { getStatus?: () => number }).getStatus;
  const number = [getStatus?.call(thrown), statusCode, status].find((value) => typeof value === 'number');
  return {
    status: typeof number === 'number' ? number : 500,
    code: databaseCode(thrown),
    message: typeof message === 'string' ? message : '',
  };
}
