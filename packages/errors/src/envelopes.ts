import type { AppError } from './app-error.js';

/** How a door tells its errors. `openrouter` is OpenAI chat under `/api/v1`. */
export const ERROR_DIALECTS = ['openai', 'openrouter', 'anthropic'] as const;
export type ErrorDialect = (typeof ERROR_DIALECTS)[number];

export interface ErrorResponse {
  status: number;
  /** Lower-case names; `x-request-id` is the door's to add. */
  headers: Record<string, string>;
  body: OpenAiErrorBody | OpenRouterErrorBody | AnthropicErrorBody;
}

export interface OpenAiErrorBody {
  error: {
    message: string;
    type: string;
    param: string | null;
    code: string;
    metadata?: Record<string, unknown>;
  };
}

export interface OpenRouterErrorBody {
  error: { code: number; message: string; metadata: Record<string, unknown> };
}

export interface AnthropicErrorBody {
  type: 'error';
  error: { type: string; message: string; error_type?: string };
  request_id: string | null;
}

/** The whole answer for an error, in the dialect of the door. The only place that shapes one. */
export function errorResponse(
  error: AppError,
  dialect: ErrorDialect,
  requestId: string | null,
): ErrorResponse {
  const headers = errorHeaders(error);
  switch (dialect) {
    case 'openai':
      return { status: error.status, headers, body: openAiErrorBody(error) };
    case 'openrouter':
      return { status: error.status, headers, body: openRouterErrorBody(error) };
    case 'anthropic':
      return {
        status: error.entry.anthropicStatus ?? error.status,
        headers,
        body: anthropicErrorBody(error, requestId),
      };
  }
}

/**
 * `retry-after` (whole seconds, at least 1) where a delay is known, and always with 429 and 503; `x-should-retry` for
 * the SDKs of OpenAI and Anthropic, which obey it over the status.
 * https://github.com/openai/openai-node/blob/master/src/client.ts
 */
export function errorHeaders(error: AppError): Record<string, string> {
  const headers: Record<string, string> = { 'x-should-retry': String(error.retryable) };
  const needsDelay = error.status === 429 || error.status === 503;
  if (error.retryAfterMs !== null || needsDelay) {
    headers['retry-after'] = String(Math.max(1, Math.ceil((error.retryAfterMs ?? 1000) / 1000)));
  }
  return headers;
}

export function openAiErrorBody(error: AppError): OpenAiErrorBody {
  return {
    error: {
      message: error.publicMessage,
      type: error.entry.openAi,
      param: error.param,
      code: error.code,
      ...(error.metadata ? { metadata: { ...error.metadata, retryable: error.retryable } } : {}),
    },
  };
}

/** OpenRouter's: `code` is the status as a number. */
export function openRouterErrorBody(error: AppError): OpenRouterErrorBody {
  return {
    error: {
      code: error.status,
      message: error.publicMessage,
      metadata: {
        ...error.metadata,
        error_type: error.entry.openRouter,
        ...(error.metadata?.provider ? { provider_name: error.metadata.provider } : {}),
        ...(error.param === null ? {} : { param: error.param }),
        code: error.code,
        retryable: error.retryable,
      },
    },
  };
}

export function anthropicErrorBody(error: AppError, requestId: string | null): AnthropicErrorBody {
  return {
    type: 'error',
    error: {
      type: error.entry.anthropic,
      message: withField(error),
      error_type: error.entry.openRouter,
    },
    request_id: requestId,
  };
}

/** Anthropic's errors have no `param`: the field goes into the message. */
function withField(error: AppError): string {
  const { param, publicMessage } = error;
  return param === null || publicMessage.includes(param) ? publicMessage : `${param}: ${publicMessage}`;
}

/** What a stream of the dialect carries, once it has begun, in place of its end. */
export interface StreamIdentity {
  id: string;
  createdSeconds: number;
  model: string;
  requestId: string;
}

/**
 * The last frame of a stream that failed after the commit. Under `/v1` it has no `choices` (with them some clients
 * take it for a clean end) and no `[DONE]` follows; under `/api/v1` OpenRouter's clients look for
 * `finish_reason: "error"`.
 */
export function errorFrame(error: AppError, dialect: ErrorDialect, stream: StreamIdentity): string {
  switch (dialect) {
    case 'openai':
      return `data: ${JSON.stringify(openAiErrorBody(error))}\n\n`;
    case 'openrouter':
      return `data: ${JSON.stringify({
        id: stream.id,
        object: 'chat.completion.chunk',
        created: stream.createdSeconds,
        model: stream.model,
        ...openRouterErrorBody(error),
        choices: [{ index: 0, delta: { content: '' }, finish_reason: 'error' }],
      })}\n\n`;
    case 'anthropic':
      return `event: error\ndata: ${JSON.stringify(anthropicErrorBody(error, stream.requestId))}\n\n`;
  }
}
