import type { ChatRequest } from '@trunkline/contracts';
import { refused } from '../failure/index.js';
import { keptObject, remoteMedia } from '../kept-objects.js';
import { ownValue } from '../own-value.js';
import type { BuildResult, ChatCall } from '../types.js';
import { writeMessages } from './messages.js';
import type { Quirks, QuirksSelector } from './quirks.js';
import { writeReasoning } from './reasoning.js';
import { writeResponseFormat } from './response-format.js';
import { writeTools } from './tools.js';

/** Ours and OpenRouter's: they are read here and mean nothing further on. */
const OWN_FIELDS = ['models', 'provider', 'trunkline', 'transforms', 'route', 'session_id', 'usage', 'debug'];

/**
 * Never sent on the platform's account: `store` would keep a tenant's answers at the provider, `metadata` is refused
 * without it, and a service tier has prices of its own, which the price book does not have.
 */
const ACCOUNT_FIELDS = ['store', 'metadata', 'service_tier'];

/** Written anew, or not at all. */
const REWRITTEN = ['messages', 'stream', 'stream_options', 'max_tokens', 'max_completion_tokens'];
const REASONING = ['reasoning', 'reasoning_effort', 'include_reasoning'];

/** The client's request in this provider's words. */
export function buildChatRequest(call: ChatCall, select: QuirksSelector): BuildResult {
  const quirks = select(call.model, call.request);
  const kept = keptObject(call.request);
  if (kept)
    return { kind: 'refused', failure: refused(kept, `'${kept}' names an object kept at a provider.`) };
  if (quirks.singleChoice && (call.request.n ?? 1) > 1) {
    return { kind: 'refused', failure: refused('n', 'This provider gives one choice only.') };
  }
  const remote = quirks.messages?.remoteMedia === false ? remoteMedia(call.request) : null;
  if (remote)
    return {
      kind: 'refused',
      failure: refused(remote, 'This provider fetches no media: send it as base64.'),
    };
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
export function unsupportedParameters(request: ChatRequest, model: string, select: QuirksSelector): string[] {
  const call = { request, model, stream: false, outputTokenLimit: null, maxOutputTokens: null };
  return writeBody(call, select(model, request)).dropped;
}

function writeBody(call: ChatCall, quirks: Quirks): { body: Record<string, unknown>; dropped: string[] } {
  const { request } = call;
  const { body, dropped } = copyFields(call, quirks);
  body['messages'] = writeMessages(request.messages, quirks.messages ?? {});
  writeStream(body, call, quirks);
  writeTokenLimit(body, call, quirks);
  dropped.push(...writeReasoning(body, request, quirks.reasoning ?? DEFAULT_REASONING));
  dropped.push(...writeTools(body, request, quirks));
  dropped.push(...writeResponseFormat(body, request, quirks));
  if (quirks.maxTemperature !== undefined && Number(body['temperature'] ?? 0) > quirks.maxTemperature) {
    body['temperature'] = quirks.maxTemperature;
    dropped.push('temperature');
  }
  return { body, dropped };
}

const DEFAULT_REASONING = { effort: true };

/** What becomes of each field by its name alone. Kept per declaration: a set is cheaper than deleting from a copy. */
interface FieldRules {
  skipped: ReadonlySet<string>;
  reported: ReadonlySet<string>;
}

const rulesOfQuirks = new WeakMap<Quirks, FieldRules>();

function fieldRules(quirks: Quirks): FieldRules {
  const known = rulesOfQuirks.get(quirks);
  if (known) return known;
  const reported = new Set([...ACCOUNT_FIELDS, ...(quirks.drop ?? [])]);
  const silent = [...OWN_FIELDS, ...REWRITTEN, ...(quirks.reasoning?.unified ? [] : REASONING)];
  const rules = {
    reported,
    skipped: new Set([...silent, ...reported, ...(quirks.singleChoice ? ['n'] : [])]),
  };
  rulesOfQuirks.set(quirks, rules);
  return rules;
}

/** Copies what passes as it is, under the provider's names. */
function copyFields(
  { request, model }: ChatCall,
  quirks: Quirks,
): { body: Record<string, unknown>; dropped: string[] } {
  const { skipped, reported } = fieldRules(quirks);
  const body: Record<string, unknown> = { model, ...quirks.defaults };
  const dropped: string[] = [];
  for (const field of Object.keys(request)) {
    const value = request[field];
    // An own property of this name would set the prototype of the copy.
    if (field === 'model' || field === '__proto__') continue;
    if (!skipped.has(field)) body[ownValue(quirks.rename, field) ?? field] = value;
    else if (reported.has(field) && value !== null && value !== undefined && !isDefault(field, value))
      dropped.push(field);
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
  if (!call.stream) return;
  body['stream'] = true;
  if (quirks.streamOptions !== false)
    body['stream_options'] = { ...call.request.stream_options, include_usage: true };
}

function writeTokenLimit(body: Record<string, unknown>, call: ChatCall, quirks: Quirks): void {
  const { max_tokens: older, max_completion_tokens: newer } = call.request;
  const limit = call.outputTokenLimit ?? newer ?? older ?? null;
  const asSent = newer !== undefined && newer !== null ? 'max_completion_tokens' : 'max_tokens';
  const wanted = quirks.tokenLimitField ?? 'as-sent';
  if (limit !== null) body[wanted === 'as-sent' ? asSent : wanted] = limit;
}
