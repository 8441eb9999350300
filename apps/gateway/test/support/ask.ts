import type { TestGateway } from './start-gateway.js';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body as JSON; throws when it is none. */
  readonly json: Record<string, unknown>;
}

export interface Ask {
  readonly path?: string;
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly key?: string | null;
  readonly body?: unknown;
  /** Sent as it is, instead of `body`. */
  readonly raw?: string | Uint8Array<ArrayBuffer>;
}

/** One call of the gateway over its socket. */
export async function ask(gateway: TestGateway, wish: Ask = {}): Promise<Answer> {
  const response = await send(gateway, wish);
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    text,
    get json() {
      return JSON.parse(text) as Record<string, unknown>;
    },
  };
}

export function send(gateway: TestGateway, wish: Ask = {}, signal?: AbortSignal): Promise<Response> {
  const key = wish.key === undefined ? gateway.tenant.key : wish.key;
  const body = wish.raw ?? (wish.body === undefined ? null : JSON.stringify(wish.body));
  return fetch(gateway.url + (wish.path ?? '/v1/chat/completions'), {
    method: wish.method ?? 'POST',
    headers: {
      ...(key === null ? {} : { authorization: `Bearer ${key}` }),
      ...(body === null ? {} : { 'content-type': 'application/json' }),
      ...wish.headers,
    },
    body,
    ...(signal ? { signal } : {}),
  });
}

/** A chat request with one message. */
export function chat(text: string, more: Record<string, unknown> = {}): Record<string, unknown> {
  return { model: 'openai/gpt-4o-mini', messages: [{ role: 'user', content: text }], ...more };
}
