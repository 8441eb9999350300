import { isRecord } from '../loose-json.js';

/** What a provider's error says, whatever shape it has. */
export interface ProviderError {
  message: string;
  type: string | null;
  code: string | null;
  param: string | null;
  /** HTTP status inside the body, for errors that come in a stream. */
  status: number | null;
}

/** Reads the text of an error answer: JSON of any known shape, HTML, or plain text. */
export function readErrorBody(body: string): ProviderError {
  try {
    const error = readError(JSON.parse(body));
    if (error) return error;
  } catch {
    // Not JSON: a proxy's page or plain text.
  }
  const isHtml = /^\s*</.test(body);
  const title = isHtml ? /<title>([^<]*)<\/title>/i.exec(body)?.[1] : undefined;
  return { message: title ?? (isHtml ? '' : body), type: null, code: null, param: null, status: null };
}

/**
 * Reads an error object. Shapes in use: `{error:{…}}` (OpenAI, Anthropic), `{error:"text", code}` (xAI, Fireworks),
 * flat `{object:"error", message, type, code}` (Mistral, Cerebras; a validation's `message` is FastAPI's), `{detail}` (FastAPI),
 * `{errors:[{message}]}` (Cloudflare). Null where there is none.
 */
export function readError(value: unknown): ProviderError | null {
  if (!isRecord(value)) return typeof value === 'string' && value !== '' ? plain(value) : null;
  const { error, errors, detail, message } = value;
  if (isRecord(error)) return fields(error, value);
  if (typeof error === 'string' && error !== '') return { ...fields(value, value), message: error };
  if (Array.isArray(error) && error.length > 0) return readError(error[0]);
  if (typeof message === 'string') return fields(value, value);
  if (isRecord(message)) {
    const inner = readError(message);
    return inner && { ...inner, type: text(value['type']), code: text(value['code']) };
  }
  if (typeof detail === 'string') return { ...fields(value, value), message: detail };
  if (Array.isArray(detail) && isRecord(detail[0])) return validationDetail(detail[0]);
  if (isRecord(detail)) return readError(detail);
  if (Array.isArray(errors) && errors.length > 0) return readError(errors[0]);
  return null;
}

function fields(inner: Record<string, unknown>, outer: Record<string, unknown>): ProviderError {
  const code = inner['code'] ?? null;
  const status = statusOf(code) ?? statusOf(inner['status_code']) ?? statusOf(outer['status_code']);
  const metadata = inner['metadata'];
  const providerCode = isRecord(metadata) ? text(metadata['provider_code']) : null;
  return {
    message: text(inner['message']) ?? text(inner['error']) ?? '',
    type: text(inner['type']),
    code: providerCode ?? text(code),
    param: text(inner['param']),
    status,
  };
}

/** FastAPI's: `{loc: ["body", "messages", 0], msg, type}`. */
function validationDetail(detail: Record<string, unknown>): ProviderError {
  const path = Array.isArray(detail['loc']) ? detail['loc'].filter((key) => key !== 'body').join('.') : null;
  return { ...plain(text(detail['msg']) ?? ''), type: text(detail['type']), param: path };
}

function plain(message: string): ProviderError {
  return { message, type: null, code: null, param: null, status: null };
}

function text(value: unknown): string | null {
  if (typeof value === 'string' && value !== '') return value;
  return typeof value === 'number' ? String(value) : null;
}

function statusOf(value: unknown): number | null {
  const number = typeof value === 'string' ? Number(value) : value;
  return typeof number === 'number' && number >= 400 && number < 600 ? number : null;
}
