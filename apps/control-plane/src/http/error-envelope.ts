import type { ErrorAnswer } from '@trunkline/contracts/control-plane';
import type { Logger } from '@trunkline/observability';
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
  if (UNREACHABLE_CODES.has(code) || UNREACHABLE.test(message)) {
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

/** Of Prisma, pg and the operating system: nobody answered, or not in time. */
const UNREACHABLE_CODES = new Set([
  ...['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2028'],
  ...['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EPIPE', 'ENOTFOUND', '57P01', '57P03', '57014'],
]);
const UNREACHABLE =
  /timeout exceeded when trying to connect|Query read timeout|Connection terminated|Can't reach database server|Server has closed the connection/;

function readError(thrown: unknown): { status: number; code: string; message: string } {
  if (typeof thrown !== 'object' || thrown === null)
    return { status: 500, code: '', message: String(thrown) };
  const { status, statusCode, code, message } = thrown as Record<string, unknown>;
  const getStatus = (thrown as { getStatus?: () => number }).getStatus;
  const number = [getStatus?.call(thrown), statusCode, status].find((value) => typeof value === 'number');
  const inner = (thrown as { meta?: { driverAdapterError?: { cause?: { originalCode?: unknown } } } }).meta;
  const driverCode = inner?.driverAdapterError?.cause?.originalCode;
  return {
    status: typeof number === 'number' ? number : 500,
    // Postgres' own code says more than Prisma's name for a group of them.
    code: [driverCode, code].find((value) => typeof value === 'string') ?? '',
    message: typeof message === 'string' ? message : '',
  };
}
