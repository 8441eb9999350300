/** What an answer of the control plane that is not good says; `unreachable` when there was none. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly requestId: string | null;
  /** What is wrong with which field, by dotted path. */
  readonly fields: Readonly<Record<string, string>>;

  constructor(said: {
    status: number;
    code: string;
    message: string;
    requestId?: string | null;
    fields?: Readonly<Record<string, string>>;
  }) {
    super(said.message);
    this.name = 'ApiError';
    this.status = said.status;
    this.code = said.code;
    this.requestId = said.requestId ?? null;
    this.fields = said.fields ?? {};
  }
}

interface ErrorBody {
  error?: {
    code?: string;
    message?: string;
    requestId?: string;
    fields?: readonly { path: string; message: string }[];
  };
}

/** Reads the error envelope of the control plane; an unknown body keeps its status. */
export function apiErrorOf(response: Response, body: unknown): ApiError {
  const said = (typeof body === 'object' && body !== null ? (body as ErrorBody).error : undefined) ?? {};
  return new ApiError({
    status: response.status,
    code: said.code ?? 'internal_error',
    message: said.message ?? `The control plane answered with status ${response.status}.`,
    requestId: said.requestId ?? response.headers.get('x-request-id'),
    fields: Object.fromEntries((said.fields ?? []).map(({ path, message }) => [path, message])),
  });
}

export function unreachable(cause: unknown): ApiError {
  const error = new ApiError({
    status: 0,
    code: 'unreachable',
    message: 'The dashboard could not be reached. Check your connection; nothing was changed.',
  });
  error.cause = cause;
  return error;
}
