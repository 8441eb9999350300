import type { ChatRequest } from '@trunkline/contracts';
import { traitsOf, type ModelTraits } from '../claude/model-traits.js';
import { compileOutputSchema } from '../claude/output-schema.js';
import { toClaudeThinking } from '../claude/thinking.js';
import { droppedParameters, refusedParameter } from '../parameters/index.js';
import { namedSchema } from '../schema/index.js';
import { builtOrRefused, refuseKeptObject, Refusal, unsupportedBy } from '../refusal.js';
import type { BuildResult, ChatCall } from '../types.js';
import { limitCacheMarks } from './cache-marks.js';
import { continuesWithoutThinking, endWithUser, toConversation } from './messages.js';
import { writeNativeRequest, type NativeRequest } from './native-request.js';
import { MESSAGES_PARAMETERS } from './parameters.js';
import { toClaudeTools } from './tools.js';

/** The client's request in Anthropic's form. */
export function buildMessagesRequest(call: ChatCall): BuildResult {
  const native = call.native?.protocol === 'anthropic-messages' ? call.native : null;
  return builtOrRefused(() => {
    if (!native) refuseKeptObject(call);
    const { body, dropped, headers: betas } = native ? writeNativeRequest(call, native) : writeBody(call);
    const headers = {
      'content-type': 'application/json',
      accept: call.stream ? 'text/event-stream' : 'application/json',
      'anthropic-version': '2023-06-01',
      ...betas,
    };
    return { path: '/messages', headers, body: JSON.stringify(body), dropped };
  });
}

/** Parameters of the request that Claude would not get. */
export function unsupportedParameters(request: ChatRequest, model: string): readonly string[] {
  return unsupportedBy(writeBody, request, model);
}

function writeBody(call: ChatCall): NativeRequest {
  const { request, model } = call;
  const refusedField = refusedParameter(request, MESSAGES_PARAMETERS);
  if (refusedField !== null) throw new Refusal(refusedField, 'This provider gives one choice only.');
  const traits = traitsOf(model);
  const dropped = droppedParameters(request, MESSAGES_PARAMETERS);
  const { system, messages } = toConversation(request.messages);
  const tools = toClaudeTools(request, traits);
  const limit = writeMaxTokens(call, traits);
  const thinking = toClaudeThinking({
    request,
    traits,
    maxTokens: limit.maxTokens,
    isToolForced: tools.isForced,
    continuesWithoutThinking: continuesWithoutThinking(messages),
  });
  if (thinking.isOn || !traits.prefill) endWithUser(messages);
  // A model that always thinks takes no forced choice.
  const isChoiceLost = tools.isForced && thinking.isOn;
  const format = writeFormat(request, traits);
  if (format.instruction) system.push({ type: 'text', text: format.instruction });
  const samplers = writeSamplers(request, traits, thinking.isOn);
  dropped.push(
    ...limit.dropped,
    ...tools.dropped,
    ...thinking.dropped,
    ...format.dropped,
    ...samplers.dropped,
  );
  if (isChoiceLost) dropped.push('tool_choice');
  if (limitCacheMarks(tools.tools, system, messages) > 0) dropped.push('cache_control');
  const outputConfig = {
    ...(thinking.effort === null ? {} : { effort: thinking.effort }),
    ...(format.format ? { format: format.format } : {}),
  };
  const stop = stopSequences(request);
  if (stop.isCut) dropped.push('stop');
  const { user, safety_identifier: identifier } = request;
  if (user && identifier && user !== identifier) dropped.push('safety_identifier');
  return {
    body: {
      model,
      max_tokens: limit.maxTokens,
      ...(system.length > 0 ? { system } : {}),
      messages,
      ...(tools.tools.length > 0 ? { tools: tools.tools } : {}),
      ...(tools.toolChoice ? { tool_choice: isChoiceLost ? { type: 'auto' } : tools.toolChoice } : {}),
      ...(thinking.thinking ? { thinking: thinking.thinking } : {}),
      ...(Object.keys(outputConfig).length > 0 ? { output_config: outputConfig } : {}),
      ...samplers.body,
      ...(stop.sequences.length > 0 ? { stop_sequences: stop.sequences } : {}),
      ...userOf(request),
      ...(request['cache_control'] ? { cache_control: request['cache_control'] } : {}),
      ...(call.stream ? { stream: true } : {}),
    },
    headers: {},
    dropped: [...new Set(dropped)],
  };
}

/** `max_tokens` is required, and more than the model's maximum is refused. */
function writeMaxTokens(call: ChatCall, traits: ModelTraits): { maxTokens: number; dropped: string[] } {
  const asked =
    call.outputTokenLimit ?? call.request.max_completion_tokens ?? call.request.max_tokens ?? null;
  const most = call.maxOutputTokens;
  if (asked === null) return { maxTokens: most ?? traits.defaultMaxTokens, dropped: [] };
  return most !== null && asked > most
    ? { maxTokens: most, dropped: ['max_tokens'] }
    : { maxTokens: asked, dropped: [] };
}

/** Temperature runs from 0 to 1 here, and beside thinking no sampler is taken; newer models take none at all. */
function writeSamplers(
  request: ChatRequest,
  traits: ModelTraits,
  isThinking: boolean,
): { body: Record<string, unknown>; dropped: string[] } {
  const { temperature = null, top_p: topP = null, top_k: topK = null } = request;
  const takesNone = isThinking || traits.thinking === 'adaptive' || traits.thinking === 'always';
  const dropped: string[] = [];
  const body: Record<string, unknown> = {};
  if (temperature !== null) {
    if (takesNone ? temperature !== 1 : temperature > 1) dropped.push('temperature');
    if (!takesNone) body['temperature'] = Math.min(temperature, 1);
  }
  if (topP !== null) {
    // Either of the two, from Claude 4.1 on.
    if (takesNone || temperature !== null) {
      if (topP !== 1) dropped.push('top_p');
    } else body['top_p'] = topP;
  }
  if (topK !== null) {
    if (takesNone) dropped.push('top_k');
    else body['top_k'] = topK;
  }
  return { body, dropped };
}

interface WrittenFormat {
  format: Record<string, unknown> | null;
  instruction: string | null;
  dropped: string[];
}

function writeFormat(request: ChatRequest, traits: ModelTraits): WrittenFormat {
  const asked = request.response_format;
  if (asked?.type === 'json_schema' && 'json_schema' in asked) {
    const schema = namedSchema(asked.json_schema);
    const compiled = schema && traits.structuredOutputs ? compileOutputSchema(schema) : null;
    if (compiled) {
      return {
        format: { type: 'json_schema', schema: compiled.schema },
        instruction: null,
        dropped: compiled.lost.map((keyword) => `response_format.json_schema.schema.${keyword}`),
      };
    }
    const text = `Answer with nothing but one JSON value that satisfies this JSON schema:\n${JSON.stringify(schema ?? {})}`;
    return { format: null, instruction: text, dropped: ['response_format.json_schema'] };
  }
  if (asked?.type === 'json_object') {
    return { format: null, instruction: 'Answer with nothing but one JSON object.', dropped: [] };
  }
  return { format: null, instruction: null, dropped: [] };
}

/** The newer name of the same. */
function userOf({ user, safety_identifier: identifier }: ChatRequest): Record<string, unknown> {
  const userId = user ?? identifier;
  return typeof userId === 'string' && userId !== '' ? { metadata: { user_id: userId } } : {};
}

/** White space alone is refused as a stop sequence. */
function stopSequences({ stop }: ChatRequest): { sequences: string[]; isCut: boolean } {
  const all = typeof stop === 'string' ? [stop] : (stop ?? []);
  const sequences = all.filter((sequence) => sequence.trim() !== '');
  return { sequences, isCut: sequences.length < all.length };
}
