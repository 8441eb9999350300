import type { ChatRequest } from '@trunkline/contracts';
import { refused } from '../failure/index.js';
import { keptObject, remoteFile, remoteMedia } from '../kept-objects.js';
import { asksForNothing, refusedParameter } from '../parameters/index.js';
import type { BuildResult, ChatCall } from '../types.js';
import { lackingParameters } from '../uncallable-tools.js';
import { limitCacheMarks } from './cache-marks.js';
import { withPlainFunctions } from './custom-tools.js';
import { writeMessages } from './messages.js';
import { DEFAULT_REASONING, parametersOf, REASONING } from './parameters.js';
import type { Quirks, QuirksSelector } from './quirks.js';
import { writeReasoning } from './reasoning.js';
import { writeResponseFormat } from './response-format.js';
import { writeTools } from './tools.js';
import { writeWebSearch } from './web-search.js';

/** Written anew, or not at all. */
const REWRITTEN: ReadonlySet<string> = new Set([
  ...['model', 'messages', 'stream', 'stream_options', 'max_tokens', 'max_completion_tokens'],
]);

/** The client's request in this provider's words. */
export function buildChatRequest(call: ChatCall, select: QuirksSelector): BuildResult {
  const quirks = select(call.model, call.request);
  const kept = call.ownCredential ? null : keptObject(call.request);
  if (kept)
    return { kind: 'refused', failure: refused(kept, `'${kept}' names an object kept at a provider.`) };
  const field = refusedParameter(call.request, parametersOf(quirks));
  if (field !== null)
    return { kind: 'refused', failure: refused(field, 'This provider gives one choice only.') };
  const remote = quirks.messages?.remoteMedia === false ? remoteMedia(call.request) : null;
  if (remote)
    return {
      kind: 'refused',
      failure: refused(remote, 'This provider fetches no media: send it as base64.'),
    };
  const file = quirks.messages?.remoteFiles === false ? remoteFile(call.request) : null;
  if (file)
    return { kind: 'refused', failure: refused(file, 'This provider fetches no files: send it as base64.') };
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
  return lackingParameters(writeBody(call, select(model, request)).dropped, request);
}

function writeBody(asked: ChatCall, quirks: Quirks): { body: Record<string, unknown>; dropped: string[] } {
  const plain = quirks.customTools === 'as-functions' ? withPlainFunctions(asked.request) : null;
  const call = plain && plain.request !== asked.request ? { ...asked, request: plain.request } : asked;
  const { request } = call;
  const { body, dropped } = copyFields(call, quirks);
  if (plain) dropped.push(...plain.dropped);
  body['messages'] = writeMessages(request.messages, quirks.messages ?? {});
  writeStream(body, call, quirks);
  writeTokenLimit(body, call, quirks);
  dropped.push(...writeReasoning(body, request, quirks.reasoning ?? DEFAULT_REASONING));
  dropped.push(...writeTools(body, request, quirks), ...writeWebSearch(body, request, quirks));
  dropped.push(...writeResponseFormat(body, request, quirks));
  dropped.push(...limitStops(body, quirks));
  const { mostCacheMarks } = quirks.messages ?? {};
  if (mostCacheMarks !== undefined && limitCacheMarks(body, mostCacheMarks)) dropped.push('cache_control');
  if (quirks.maxTemperature !== undefined && Number(body['temperature'] ?? 0) > quirks.maxTemperature) {
    body['temperature'] = quirks.maxTemperature;
    dropped.push('temperature');
  }
  return { body, dropped: [...new Set(dropped)] };
}

/** Copies what passes as it is, under the provider's names. */
function copyFields(
  { request, model }: ChatCall,
  quirks: Quirks,
): { body: Record<string, unknown>; dropped: string[] } {
  const { rules } = parametersOf(quirks);
  const body: Record<string, unknown> = { model, ...quirks.defaults };
  const dropped: string[] = [];
  for (const field of Object.keys(request)) {
    // An own property of this name would set the prototype of the copy.
    if (REWRITTEN.has(field) || field === '__proto__') continue;
    if (REASONING.includes(field) && !quirks.reasoning?.unified) continue;
    if (field === 'web_search_options' && typeof quirks.webSearch === 'object') continue;
    const rule = rules.get(field) ?? 'passed';
    const value = request[field];
    if (rule === 'passed') body[field] = value;
    else if (typeof rule === 'object') body[rule.as] = value;
    else if (rule === 'dropped' && !asksForNothing(field, value)) dropped.push(field);
  }
  return { body, dropped };
}

/** Upstream is always asked for usage. */
function writeStream(body: Record<string, unknown>, call: ChatCall, quirks: Quirks): void {
  if (!call.stream) return;
  body['stream'] = true;
  if (quirks.streamOptions !== false)
    body['stream_options'] = { ...call.request.stream_options, include_usage: true };
}

function limitStops(body: Record<string, unknown>, { mostStops }: Quirks): string[] {
  const { stop } = body;
  if (mostStops === undefined || !Array.isArray(stop) || stop.length <= mostStops) return [];
  body['stop'] = stop.slice(0, mostStops);
  return ['stop'];
}

function writeTokenLimit(body: Record<string, unknown>, call: ChatCall, quirks: Quirks): void {
  const { max_tokens: older, max_completion_tokens: newer } = call.request;
  const limit = call.outputTokenLimit ?? newer ?? older ?? null;
  const asSent = newer !== undefined && newer !== null ? 'max_completion_tokens' : 'max_tokens';
  const wanted = quirks.tokenLimitField ?? 'as-sent';
  if (limit !== null) body[wanted === 'as-sent' ? asSent : wanted] = limit;
}
