import { ERROR_CODES, type ErrorCode, type ErrorCodeEntry } from './error-codes.js';

export interface AppErrorOptions {
  /** What the client reads; without it the code's own meaning. Never a secret, a path or a stack. */
  publicMessage?: string;
  /** The field at fault, as a path: `messages[0].role`. */
  param?: string | null;
  /** Another status of the same meaning (a provider's 413 or 422). */
  status?: number;
  retryAfterMs?: number | null;
  /** Another answer to "can a retry help" than the code's. */
  retryable?: boolean;
  metadata?: ErrorMetadata;
  /** For the log only. */
  details?: Record<string, unknown>;
  cause?: unknown;
}

/** What a client may know besides. */
export interface ErrorMetadata {
  provider?: string;
  /** The provider's own code. */
  provider_code?: string | null;
  /** The trail, in order. */
  attempts?: readonly { provider: string; model: string; outcome: string; status: number | null }[];
  [extra: string]: unknown;
}

/** An expected end of a request. What a client is told of it is decided by its code alone. */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly publicMessage: string;
  readonly param: string | null;
  readonly status: number;
  readonly retryAfterMs: number | null;
  readonly retryable: boolean;
  readonly metadata: ErrorMetadata | null;
  readonly details: Record<string, unknown> | null;

  constructor(
    readonly code: ErrorCode,
    options: AppErrorOptions = {},
  ) {
    const entry: ErrorCodeEntry = ERROR_CODES[code];
    const publicMessage = options.publicMessage ?? entry.meaning;
    super(publicMessage, options.cause === undefined ? undefined : { cause: options.cause });
    this.publicMessage = publicMessage;
    this.param = options.param ?? null;
    this.status = options.status ?? entry.status;
    this.retryAfterMs = options.retryAfterMs ?? null;
    this.retryable = options.retryable ?? entry.retryable;
    this.metadata = options.metadata ?? null;
    this.details = options.details ?? null;
  }

  get entry(): ErrorCodeEntry {
    return ERROR_CODES[this.code];
  }
}

/** Anything thrown as an `AppError`: what is not one becomes `internal_error`, with the original as its cause. */
export function toAppError(thrown: unknown): AppError {
  return thrown instanceof AppError ? thrown : new AppError('internal_error', { cause: thrown });
}
