import type { ChatRequest } from '@trunkline/contracts';
import { refused } from '../failure/index.js';
import { keptObject, remoteMedia } from '../kept-objects.js';
import type { BuildResult, ChatCall } from '../types.js';
import { writeMessages } from './messages.js';
import { quirksFor, type Quirks } from './quirks.js';
import { writeReasoning } from './reasoning.js';
import { writeTools } from './tools.js';

/** Ours and OpenRouter's: they are read here and mean nothing further on. */
const OWN_FIELDS = ['models', 'provider', 'trunkline', 'transforms', 'route', 'session_id', 'usage', 'debug'];

/**
 * Never sent on the platform's account: `store` would keep a tenant's answers at the provider, `metadata` is refused
 * without it, and a service tier has prices of its own, which the price book does not have.
 */
const ACCOUNT_FIELDS = ['store', 'metadata', 'service_tier'];

/** The client's request in this provider's words. */
export function buildChatRequest(call: ChatCall, allQuirks: Quirks): BuildResult {
  const quirks = quirksFor(allQuirks, call.model, call.request);
  const kept = keptObject(call.request);
  if (kept) return { kind: 'refused', failure: refused(kept, `'${kept}' names an object kept at a provider.`) };
  if (quirks.singleChoice && (call.request.n ?? 1) > 1) {
    return { kind: 'refused', failure: refused('n', 'This provider gives one choice only.') };
  }
  const remote = quirks.messages?.remoteMedia === false ? remoteMedia(call.request) : null;
  if (remote) return { kind: 'refused', failure: refused(remote, 'This provider fetches no media: send it as base64.') };
  const { body, dropped } = writeBody(call, quirks);
  return {
    kind: 'built',
    request: {
      path: '/chat/completions',
      headers: {
        'content-type': 'application/json',
        accept: call.stream ? 'text/event-stream' : 'application/json',
      },
      body: JSON.stringify(body),
      dropped,
    },
  };
}

/** Parameters of the request that the provider would not get. */
export function unsupportedParameters(request: ChatRequest, model: string, allQuirks: Quirks): string[] {
  const call = { request, model, stream: false, outputTokenLimit: null, maxOutputTokens: null };
  return writeBody(call, quirksFor(allQuirks, model, request)).dropped;
}

function writeBody(call: ChatCall, quirks: Quirks): { body: Record<string, unknown>; dropped: string[] } {
  const { request } = call;
  const body: Record<string, unknown> = { ...quirks.defaults, ...request };
  const dropped: string[] = [];
  for (const field of OWN_FIELDS) delete body[field];
  for (const field of [...ACCOUNT_FIELDS, ...(quirks.drop ?? [])]) {
    if ((body[field] ?? null) !== null && !isDefault(field, body[field])) dropped.push(field);
    delete body[field];
  }
  body['model'] = call.model;
  body['messages'] = writeMessages(request.messages, quirks.messages ?? {});
  writeStream(body, call, quirks);
  writeTokenLimit(body, call, quirks);
  dropped.push(...writeReasoning(body, request, quirks.reasoning ?? { effort: true }));
  dropped.push(...writeTools(body, request, quirks));
  dropped.push(...writeResponseFormat(body, request, quirks));
  if (quirks.singleChoice) delete body['n'];
  if (typeof body['temperature'] === 'number' && body['temperature'] > (quirks.maxTemperature ?? Infinity)) {
    body['temperature'] = quirks.maxTemperature;
    dropped.push('temperature');
  }
  for (const [from, to] of Object.entries(quirks.rename ?? {})) {
    if (body[from] === undefined) continue;
    body[to] = body[from];
    delete body[from];
  }
  return { body, dropped };
}

/** Values that mean the same as leaving the field out are not worth a word to the client. */
function isDefault(field: string, value: unknown): boolean {
  switch (field) {
    case 'store':
    case 'logprobs':
      return value === false;
    case 'service_tier':
      return value === 'auto' || value === 'default';
    case 'frequency_penalty':
    case 'presence_penalty':
    case 'top_logprobs':
      return value === 0;
    case 'temperature':
    case 'top_p':
    case 'n':
      return value === 1;
    case 'metadata':
      // Read by us, for the log.
      return true;
    default:
      return false;
  }
}

/** Upstream is always asked for usage. */
function writeStream(body: Record<string, unknown>, call: ChatCall, quirks: Quirks): void {
  delete body['stream'];
  delete body['stream_options'];
  if (!call.stream) return;
  body['stream'] = true;
  if (quirks.streamOptions !== false) body['stream_options'] = { ...call.request.stream_options, include_usage: true };
}

function writeTokenLimit(body: Record<string, unknown>, call: ChatCall, quirks: Quirks): void {
  const { max_tokens: older, max_completion_tokens: newer } = call.request;
  const limit = call.outputTokenLimit ?? newer ?? older ?? null;
  const asSent = newer !== undefined && newer !== null ? 'max_completion_tokens' : 'max_tokens';
  const wanted = quirks.tokenLimitField ?? 'as-sent';
  delete body['max_tokens'];
  delete body['max_completion_tokens'];
  if (limit !== null) body[wanted === 'as-sent' ? asSent : wanted] = limit;
}

/** Where there is no schema output, JSON is asked for and the schema is told in words. */
function writeResponseFormat(body: Record<string, unknown>, request: ChatRequest, quirks: Quirks): string[] {
  const format = request.response_format;
  if (quirks.jsonSchema !== 'json_object' || format?.type !== 'json_schema' || !('json_schema' in format)) return [];
  const { schema } = format.json_schema as { schema?: unknown };
  body['response_format'] = { type: 'json_object' };
  const instruction = `Answer with one JSON object that satisfies this JSON schema:\n${JSON.stringify(schema ?? {})}`;
  body['messages'] = [{ role: 'system', content: instruction }, ...(body['messages'] as unknown[])];
  return ['response_format.json_schema'];
}
