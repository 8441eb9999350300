import { send } from '../support/ask.js';
import type { TestGateway } from '../support/start-gateway.js';

/** What a client of any dialect reads. */
export interface Reading {
  readonly status: number;
  readonly requestId: string | null;
  readonly text: string;
  /** The dialect's own terminal was there: a whole answer. */
  readonly isWhole: boolean;
  /** Type or code of the dialect's error, from the body or from a frame. */
  readonly error: string | null;
}

export interface Dialect {
  readonly name: string;
  readonly path: string;
  /** A model whose maker speaks this dialect. */
  readonly model: string;
  readonly provider: string;
  readonly providerModel: string;
  /** Its reasoning is text that the client sees, unasked. */
  readonly showsReasoning: boolean;
  /** Who else can answer: the fields that name them. */
  readonly fallbacks: Readonly<Record<'same protocol' | 'another protocol' | 'none', Fallback>>;
  body(prompt: string): Record<string, unknown>;
  readWhole(body: unknown): Pick<Reading, 'text' | 'isWhole' | 'error'>;
  readStream(frames: readonly Frame[]): Pick<Reading, 'text' | 'isWhole' | 'error'>;
}

export interface Fallback {
  readonly wish: Record<string, unknown>;
  /** It is the same model at another provider, another model, or nobody. */
  readonly is: 'other target' | 'other model' | 'nobody';
  /** Its offer declares a larger window. */
  readonly hasMoreContext?: true;
}

export interface Frame {
  readonly event: string | null;
  readonly data: string;
}

const CLAUDE = 'anthropic/claude-sonnet-4.5';
const HAIKU = 'anthropic/claude-haiku-4.5';
const GPT = 'openai/gpt-4o-mini';
const CODEX = 'openai/gpt-5.3-codex';
const SMALL_CODEX = 'openai/gpt-5.1-codex-mini';
export const MODELS = [CLAUDE, HAIKU, GPT, CODEX, SMALL_CODEX];
export const PROVIDERS = ['openai', 'anthropic', 'openrouter'];

const only = (...providers: string[]) => ({ provider: { order: providers, only: providers } });
const parameters = { type: 'object', properties: { at: { type: 'string' } }, required: ['at'] };

type Json = Record<string, unknown>;

function textOf(part: unknown): string {
  const text = (part as Json | undefined)?.['text'];
  return typeof text === 'string' ? text : '';
}

const chat: Dialect = {
  name: 'chat',
  path: '/v1/chat/completions',
  model: GPT,
  providerModel: 'gpt-4o-mini',
  provider: 'openai',
  showsReasoning: false,
  fallbacks: {
    'same protocol': { is: 'other target', wish: only('openai', 'openrouter') },
    'another protocol': { is: 'other model', wish: { models: [CLAUDE], ...only('openai', 'anthropic') } },
    none: { is: 'nobody', wish: only('openai') },
  },
  body: (prompt) => ({
    messages: [{ role: 'user', content: prompt }],
    tools: [{ type: 'function', function: { name: 'zz_look', parameters } }],
  }),
  readWhole(body) {
    const { choices, error } = body as { choices?: { message: { content: string | null } }[]; error?: Json };
    return {
      text: choices?.[0]?.message.content ?? '',
      isWhole: Boolean(choices),
      error: error ? String(error['code']) : null,
    };
  },
  readStream(frames) {
    const data = frames
      .filter((frame) => frame.data !== '[DONE]')
      .map((frame) => JSON.parse(frame.data) as Json);
    const deltas = data.map((one) => (one as { choices?: { delta?: { content?: string } }[] }).choices?.[0]);
    const error = data.find((one) => one['error'])?.['error'] as Json | undefined;
    return {
      text: deltas.map((one) => one?.delta?.content ?? '').join(''),
      isWhole: frames.at(-1)?.data === '[DONE]',
      error: error ? String(error['code']) : null,
    };
  },
};

const messages: Dialect = {
  name: 'messages',
  path: '/v1/messages',
  model: CLAUDE,
  providerModel: 'claude-sonnet-4-5',
  provider: 'anthropic',
  showsReasoning: true,
  fallbacks: {
    'same protocol': { is: 'other model', wish: { models: [HAIKU], ...only('anthropic') } },
    'another protocol': {
      is: 'other target',
      hasMoreContext: true,
      wish: only('anthropic', 'openrouter'),
    },
    none: { is: 'nobody', wish: only('anthropic') },
  },
  body: (prompt) => ({
    max_tokens: 4_000,
    messages: [{ role: 'user', content: prompt }],
    tools: [{ name: 'zz_look', input_schema: parameters }],
  }),
  readWhole(body) {
    const { type, content, error } = body as { type: string; content?: Json[]; error?: Json };
    return {
      text: (content ?? []).map((block) => textOf(block)).join(''),
      isWhole: type === 'message',
      error: error ? String(error['type']) : null,
    };
  },
  readStream(frames) {
    const data = frames.map((frame) => JSON.parse(frame.data) as Json);
    const error = data.find((one) => one['type'] === 'error')?.['error'] as Json | undefined;
    return {
      text: data.map((one) => textOf(one['delta'])).join(''),
      isWhole: data.at(-1)?.['type'] === 'message_stop',
      error: error ? String(error['type']) : null,
    };
  },
};

const responses: Dialect = {
  name: 'responses',
  path: '/v1/responses',
  model: CODEX,
  providerModel: 'gpt-5.3-codex',
  provider: 'openai',
  showsReasoning: false,
  fallbacks: {
    'same protocol': { is: 'other model', wish: { models: [SMALL_CODEX], ...only('openai') } },
    'another protocol': { is: 'other model', wish: { models: [CLAUDE], ...only('openai', 'anthropic') } },
    none: { is: 'nobody', wish: only('openai') },
  },
  body: (prompt) => ({
    input: prompt,
    tools: [{ type: 'function', name: 'zz_look', parameters, strict: false }],
  }),
  readWhole(body) {
    const { output, status, error } = body as { output?: Json[]; status?: string; error?: Json | null };
    const parts = (output ?? []).flatMap((item) =>
      item['type'] === 'message' ? (item['content'] as Json[]) : [],
    );
    return {
      text: parts.map((part) => textOf(part)).join(''),
      isWhole: status === 'completed',
      error: error ? String(error['code'] ?? error['type']) : null,
    };
  },
  readStream(frames) {
    const data = frames.map((frame) => JSON.parse(frame.data) as Json);
    const deltas = data.filter((one) => one['type'] === 'response.output_text.delta');
    const error = data.find((one) => one['type'] === 'error');
    return {
      text: deltas.map((one) => String(one['delta'])).join(''),
      isWhole: data.at(-1)?.['type'] === 'response.completed',
      error: error ? String(error['code']) : null,
    };
  },
};

export const DIALECTS = [chat, messages, responses];

/** Asks in a dialect and reads the answer to its end, good or bad. */
export async function converse(
  gateway: TestGateway,
  dialect: Dialect,
  wish: { prompt: string; stream: boolean; more: Record<string, unknown> },
): Promise<Reading> {
  const body = { model: dialect.model, stream: wish.stream, ...dialect.body(wish.prompt), ...wish.more };
  const response = await send(gateway, { path: dialect.path, body });
  const raw = await response.text();
  const isStream = response.headers.get('content-type')?.startsWith('text/event-stream') ?? false;
  const read = isStream ? dialect.readStream(framesOf(raw)) : dialect.readWhole(JSON.parse(raw));
  return { status: response.status, requestId: response.headers.get('x-request-id'), ...read };
}

function framesOf(raw: string): Frame[] {
  return raw
    .split('\n\n')
    .map((frame) => ({
      event: /^event: (.*)$/mu.exec(frame)?.[1] ?? null,
      data: [...frame.matchAll(/^data: (.*)$/gmu)].map((line) => line[1]).join('\n'),
    }))
    .filter((frame) => frame.data !== '');
}
