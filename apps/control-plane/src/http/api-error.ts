import type { ControlPlaneErrorCode, ErrorAnswer } from '@trunkline/contracts/control-plane';

/** The HTTP status of each error code. */
export const ERROR_STATUS = {
  invalid_request: 400,
  unauthenticated: 401,
  forbidden: 403,
  untrusted_origin: 403,
  email_not_verified: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  request_too_large: 413,
  unsupported_media_type: 415,
  rate_limited: 429,
  internal_error: 500,
  service_unavailable: 503,
} as const satisfies Record<ControlPlaneErrorCode, number>;

export type FieldProblem = NonNullable<ErrorAnswer['error']['fields']>[number];

/** An expected end of a request. `message` is for whoever asked; what only the log may know goes into `cause`. */
export class ApiError extends Error {
  override name = 'ApiError';
  readonly fields: FieldProblem[] | undefined;

  constructor(
    readonly code: ControlPlaneErrorCode,
    message: string,
    details: { fields?: FieldProblem[]; cause?: unknown } = {},
  ) {
    super(message, 'cause' in details ? { cause: details.cause } : {});
    this.fields = details.fields;
  }
}

/** Also for what belongs to somebody else: whether it exists is not told. */
export function notFound(what: string): ApiError {
  return new ApiError('not_found', `There is no such ${what}.`);
}

/** One wrong field of the request. */
export function invalidField(path: string, message: string): ApiError {
  return new ApiError('invalid_request', message, { fields: [{ path, message }] });
}
