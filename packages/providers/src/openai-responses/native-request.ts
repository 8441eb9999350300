import { refused } from '../failure/index.js';
import { isRecord } from '../loose-json.js';
import type { BuildResult, ChatCall } from '../types.js';
import type { ResponsesTraits } from './define.js';
import { keptInResponses } from './kept-objects.js';
import { writeNativeItems } from './native-items.js';
import { writeReasoning } from './reasoning.js';
import { readableFormats } from './reasoning-state.js';

/** Ours and OpenRouter's, or the platform's to say; those that name what is kept elsewhere were refused before. */
const NOT_SENT = new Set([
  ...['models', 'provider', 'trunkline', 'transforms', 'route', 'session_id', 'usage', 'debug', 'plugins'],
  ...['metadata', 'client_metadata', 'background', 'previous_response_id', 'conversation', 'prompt'],
  '__proto__',
]);

/** OpenRouter's words for reasoning: translated where they are used. */
const UNIFIED_REASONING = ['max_tokens', 'enabled', 'exclude'];

/** Less is refused. https://platform.openai.com/docs/api-reference/responses/create#responses-create-max_output_tokens */
const LEAST_OUTPUT_TOKENS = 16;

type Body = Record<string, unknown>;

/**
 * The client's own request for a response as this provider gets it: as it was, but for the model, what the model refuses,
 * and what would be kept there, which is nothing.
 */
export function buildNativeRequest(
  call: ChatCall,
  native: Readonly<Body>,
  traits: ResponsesTraits,
): BuildResult {
  const kept = call.ownCredential ? null : keptInResponses(native);
  if (kept !== null)
    return { kind: 'refused', failure: refused(kept, `'${kept}' names an object kept at a provider.`) };
  const { body, dropped } = writeBody(call, native, traits);
  const headers = {
    'content-type': 'application/json',
    accept: call.stream ? 'text/event-stream' : 'application/json',
  };
  return { kind: 'built', request: { path: '/responses', headers, body: JSON.stringify(body), dropped } };
}

function writeBody(
  call: ChatCall,
  native: Readonly<Body>,
  traits: ResponsesTraits,
): { body: Body; dropped: string[] } {
  const body: Body = {};
  for (const [field, value] of Object.entries(native)) if (!NOT_SENT.has(field)) body[field] = value;
  const { items, dropped } = writeNativeItems(native['input'], readableFormats(traits, call.model));
  Object.assign(body, { model: call.model, input: items, store: false });
  if (call.stream) body['stream'] = true;
  else for (const field of ['stream', 'stream_options']) delete body[field];
  fitInclude(body, traits.reasons(call.model));
  dropped.push(...fitReasoning(body, call, traits), ...fitLimit(body, call), ...fitTier(body));
  return { body, dropped };
}

const ENCRYPTED_REASONING = 'reasoning.encrypted_content';

/**
 * What it thought comes back to us encrypted, so that it can be sent again. Models that do not reason refuse to be asked
 * for it, and have none: clients ask whatever the model.
 */
function fitInclude(body: Body, reasons: boolean): void {
  const asked: unknown[] = Array.isArray(body['include']) ? (body['include'] as unknown[]) : [];
  if (reasons) body['include'] = [...new Set([...asked, ENCRYPTED_REASONING])];
  else if (asked.includes(ENCRYPTED_REASONING))
    body['include'] = asked.filter((one) => one !== ENCRYPTED_REASONING);
}

/** Models that do not reason refuse wishes about it; those that do refuse samplers meanwhile. */
function fitReasoning(body: Body, call: ChatCall, traits: ResponsesTraits): string[] {
  const { body: written, isOn, dropped } = writeReasoning(call.request, call.model, traits);
  const asked = body['reasoning'];
  const isUnified = isRecord(asked) && UNIFIED_REASONING.some((field) => field in asked);
  if (!traits.reasons(call.model) || dropped.length > 0 || isUnified) {
    delete body['reasoning'];
    if (written) body['reasoning'] = written;
  }
  const lost = [...dropped];
  for (const field of isOn ? ['temperature', 'top_p'] : []) {
    const value = body[field] ?? null;
    delete body[field];
    if (value !== null && value !== 1) lost.push(field);
  }
  return lost;
}

function fitLimit(body: Body, { outputTokenLimit }: ChatCall): string[] {
  const asked = outputTokenLimit ?? body['max_output_tokens'];
  if (typeof asked !== 'number') return [];
  body['max_output_tokens'] = Math.max(asked, LEAST_OUTPUT_TOKENS);
  return asked < LEAST_OUTPUT_TOKENS ? ['max_output_tokens'] : [];
}

/** Other tiers have prices of their own, which the price book does not have. */
function fitTier(body: Body): string[] {
  const tier = body['service_tier'] ?? null;
  delete body['service_tier'];
  return tier === null || tier === 'auto' || tier === 'default' ? [] : ['service_tier'];
}
