import type { ChatRequest } from '@trunkline/contracts';
import { OPENAI_STRICT } from '../openai-compatible/strict-schemas.js';
import { compileStrict } from '../schema/index.js';
import { droppedParameters, refusedParameter } from '../parameters/index.js';
import { builtOrRefused, refuseKeptObject, Refusal, unsupportedBy } from '../refusal.js';
import type { BuildResult, ChatCall } from '../types.js';
import type { ResponsesTraits } from './define.js';
import { toItems } from './items.js';
import { writeReasoning } from './reasoning.js';
import { readableFormats } from './reasoning-state.js';
import { AS_SENT, RESPONSES_PARAMETERS } from './parameters.js';
import { writeTools } from './tools.js';

/** Less is refused. https://platform.openai.com/docs/api-reference/responses/create#responses-create-max_output_tokens */
const LEAST_OUTPUT_TOKENS = 16;

/** The client's request in the form of Responses. */
export function buildResponsesRequest(call: ChatCall, traits: ResponsesTraits): BuildResult {
  return builtOrRefused(() => {
    refuseKeptObject(call);
    const { body, dropped } = writeBody(call, traits);
    const headers = {
      'content-type': 'application/json',
      accept: call.stream ? 'text/event-stream' : 'application/json',
    };
    return { path: '/responses', headers, body: JSON.stringify(body), dropped };
  });
}

/** Parameters of the request that the target would not get. */
export function unsupportedParameters(
  request: ChatRequest,
  model: string,
  traits: ResponsesTraits,
): readonly string[] {
  return unsupportedBy((call) => writeBody(call, traits), request, model);
}

function writeBody(
  call: ChatCall,
  traits: ResponsesTraits,
): { body: Record<string, unknown>; dropped: string[] } {
  const { request, model } = call;
  const refusedField = refusedParameter(request, RESPONSES_PARAMETERS);
  if (refusedField !== null) throw new Refusal(refusedField, 'This provider gives one choice only.');
  const dropped = droppedParameters(request, RESPONSES_PARAMETERS);
  const { tools, toolChoice } = writeTools(request, dropped);
  const reasoning = writeReasoning(request, model, traits);
  const samplers = writeSamplers(request, reasoning.isOn);
  const limit = writeLimit(call);
  const text = writeText(request, dropped);
  dropped.push(...reasoning.dropped, ...samplers.dropped, ...limit.dropped);
  const include = [
    ...(traits.reasons(model) ? ['reasoning.encrypted_content'] : []),
    ...(samplers.hasLogprobs ? ['message.output_text.logprobs'] : []),
  ];
  const body: Record<string, unknown> = {
    model,
    input: toItems(request.messages, readableFormats(traits, model), traits.takesBreakpoints?.(model)),
    store: false,
    ...(include.length > 0 ? { include } : {}),
    ...(tools.length > 0 ? { tools } : {}),
    ...(toolChoice === null ? {} : { tool_choice: toolChoice }),
    ...(tools.length > 0 && typeof request.parallel_tool_calls === 'boolean'
      ? { parallel_tool_calls: request.parallel_tool_calls }
      : {}),
    ...(Object.keys(text).length > 0 ? { text } : {}),
    ...(reasoning.body ? { reasoning: reasoning.body } : {}),
    ...samplers.body,
    ...(limit.tokens === null ? {} : { max_output_tokens: limit.tokens }),
    ...(call.stream ? { stream: true } : {}),
  };
  for (const field of AS_SENT) if ((request[field] ?? null) !== null) body[field] = request[field];
  return { body, dropped: [...new Set(dropped)] };
}

/** Models that reason take no samplers and tell no probabilities. */
function writeSamplers(
  request: ChatRequest,
  isReasoning: boolean,
): { body: Record<string, unknown>; hasLogprobs: boolean; dropped: string[] } {
  const body: Record<string, unknown> = {};
  const dropped: string[] = [];
  const hasLogprobs = request.logprobs === true && !isReasoning;
  if (hasLogprobs && request.top_logprobs) body['top_logprobs'] = request.top_logprobs;
  if (request.logprobs === true && isReasoning) dropped.push('logprobs');
  if (request.top_logprobs && !hasLogprobs) dropped.push('top_logprobs');
  for (const field of ['temperature', 'top_p'] as const) {
    const value = request[field] ?? null;
    if (value === null) continue;
    if (!isReasoning) body[field] = value;
    else if (value !== 1) dropped.push(field);
  }
  return { body, hasLogprobs, dropped };
}

function writeLimit({ request, outputTokenLimit }: ChatCall): { tokens: number | null; dropped: string[] } {
  const asked = outputTokenLimit ?? request.max_completion_tokens ?? request.max_tokens ?? null;
  return asked !== null && asked < LEAST_OUTPUT_TOKENS
    ? { tokens: LEAST_OUTPUT_TOKENS, dropped: ['max_tokens'] }
    : { tokens: asked, dropped: [] };
}

/** https://platform.openai.com/docs/api-reference/responses/create#responses-create-text */
function writeText(request: ChatRequest, dropped: string[]): Record<string, unknown> {
  const asked = request.response_format;
  const verbosity = request['verbosity'] ?? null;
  const text: Record<string, unknown> = verbosity === null ? {} : { verbosity };
  if (asked?.type === 'json_object') text['format'] = { type: 'json_object' };
  if (asked?.type === 'json_schema' && 'json_schema' in asked) {
    const { name, description, schema, strict } = asked.json_schema as Record<string, unknown>;
    const compiled = strict === true ? compileStrict(schema, OPENAI_STRICT) : null;
    if (compiled)
      dropped.push(...compiled.lost.map((keyword) => `response_format.json_schema.schema.${keyword}`));
    else if (strict === true) dropped.push('response_format.json_schema.strict');
    text['format'] = {
      type: 'json_schema',
      name: name ?? 'answer',
      ...(description ? { description } : {}),
      schema: compiled?.schema ?? schema ?? {},
      strict: compiled !== null,
    };
  }
  return text;
}
