import type { CacheControl, ChatRequest } from '@trunkline/contracts';
import { cacheMarkOf } from '../../cache-mark.js';
import { refused } from '../../failure/index.js';
import { droppedParameters, refusedParameter } from '../../parameters/index.js';
import { builtOrRefused, refuseKeptObject, Refusal, unsupportedBy } from '../../refusal.js';
import type { BuildResult, ChatCall } from '../../types.js';
import { limitCachePoints, markLast } from './cache-points.js';
import { toConversation } from './messages.js';
import { traitsOf, type ModelTraits } from './model-traits.js';
import { toConverseFormat } from './output-format.js';
import { CONVERSE_PARAMETERS } from './parameters.js';
import { toConverseThinking } from './thinking.js';
import { toConverseTools } from './tools.js';
import { continuesWithoutReasoning, endWithUser } from './turns.js';

/** The client's request in Converse's form; the model and whether it is a stream stand in the path. */
export function buildConverseRequest(call: ChatCall): BuildResult {
  if (!traitsOf(call.model).isOnConverse || /^\.*$/.test(call.model)) {
    const message = 'This model cannot be called by way of Converse.';
    return { kind: 'refused', failure: { ...refused('model', message), outcome: 'model_unavailable' } };
  }
  return builtOrRefused(() => {
    refuseKeptObject(call);
    const { body, dropped } = writeBody(call);
    const headers = {
      'content-type': 'application/json',
      accept: call.stream ? 'application/vnd.amazon.eventstream' : 'application/json',
    };
    // Ids have colons, and ARNs slashes.
    const path = `/model/${encodeURIComponent(call.model)}/${call.stream ? 'converse-stream' : 'converse'}`;
    return { path, headers, body: JSON.stringify(body), dropped };
  });
}

/** Parameters of the request that the model would not get. */
export function unsupportedParameters(request: ChatRequest, model: string): readonly string[] {
  return unsupportedBy(writeBody, request, model);
}

function writeBody(call: ChatCall): { body: Record<string, unknown>; dropped: string[] } {
  const { request, model } = call;
  const refusedField = refusedParameter(request, CONVERSE_PARAMETERS);
  if (refusedField !== null) throw new Refusal(refusedField, 'This provider gives one choice only.');
  const traits = traitsOf(model);
  const { system, messages } = toConversation(request.messages, traits);
  const { toolConfig, isForced, dropped: droppedTools } = toConverseTools(request, messages, traits);
  const limit = writeMaxTokens(call, traits);
  const thinking = toConverseThinking({
    request,
    traits,
    maxTokens: limit.maxTokens,
    isToolForced: isForced,
    continuesWithoutThinking: continuesWithoutReasoning(messages),
  });
  if (traits.claude && (thinking.isOn || !traits.claude.prefill)) endWithUser(messages);
  // A model that always thinks takes no forced choice.
  const isChoiceLost = isForced && thinking.isOn;
  if (toolConfig && isChoiceLost) delete toolConfig.toolChoice;
  const format = toConverseFormat(request, traits);
  if (format.instruction !== null) system.push({ text: format.instruction });
  const samplers = writeSamplers(request, traits, thinking.refusesSamplers);
  const stop = stopSequences(request);
  const isCacheLost = writeCachePoints(request, { tools: toolConfig?.tools ?? [], system, messages }, traits);
  const inferenceConfig = {
    ...(limit.maxTokens === null ? {} : { maxTokens: limit.maxTokens }),
    ...samplers.config,
    ...(stop.sequences.length > 0 ? { stopSequences: stop.sequences } : {}),
  };
  const fields = { ...thinking.fields, ...samplers.fields };
  const dropped = [
    ...droppedParameters(request, CONVERSE_PARAMETERS),
    ...(request.parallel_tool_calls === false && toolConfig ? ['parallel_tool_calls'] : []),
    ...droppedTools,
    ...limit.dropped,
    ...thinking.dropped,
    ...format.dropped,
    ...samplers.dropped,
    ...(isChoiceLost ? ['tool_choice'] : []),
    ...(isCacheLost ? ['cache_control'] : []),
    ...(stop.isCut ? ['stop'] : []),
  ];
  return {
    body: {
      messages,
      ...(system.length > 0 ? { system } : {}),
      ...(Object.keys(inferenceConfig).length > 0 ? { inferenceConfig } : {}),
      ...(toolConfig ? { toolConfig } : {}),
      ...(request['guardrailConfig'] ? { guardrailConfig: request['guardrailConfig'] } : {}),
      ...(Object.keys(fields).length > 0 ? { additionalModelRequestFields: fields } : {}),
      ...(format.textFormat ? { outputConfig: { textFormat: format.textFormat } } : {}),
    },
    dropped: [...new Set(dropped)],
  };
}

/** More than the model's maximum is refused. Claude's budget of thinking is part of the limit, so there is always one. */
function writeMaxTokens(
  call: ChatCall,
  { claude }: ModelTraits,
): { maxTokens: number | null; dropped: string[] } {
  const asked =
    call.outputTokenLimit ?? call.request.max_completion_tokens ?? call.request.max_tokens ?? null;
  const most = call.maxOutputTokens;
  if (asked === null) return { maxTokens: claude ? (most ?? claude.defaultMaxTokens) : null, dropped: [] };
  return most !== null && asked > most
    ? { maxTokens: most, dropped: ['max_tokens'] }
    : { maxTokens: asked, dropped: [] };
}

/** Temperature runs from 0 to 1. Converse has no `top_k`: it is one of the model's own fields, where it has one. */
function writeSamplers(
  request: ChatRequest,
  traits: ModelTraits,
  takesNone: boolean,
): { config: Record<string, unknown>; fields: Record<string, unknown>; dropped: string[] } {
  const { temperature = null, top_p: topP = null, top_k: topK = null } = request;
  const dropped: string[] = [];
  const config: Record<string, unknown> = {};
  const fields: Record<string, unknown> = {};
  if (temperature !== null) {
    if (takesNone ? temperature !== 1 : temperature > 1) dropped.push('temperature');
    if (!takesNone) config['temperature'] = Math.min(temperature, 1);
  }
  if (topP !== null) {
    // Either of the two, from Claude 4.1 on.
    if (takesNone || (traits.claude && temperature !== null)) {
      if (topP !== 1) dropped.push('top_p');
    } else config['topP'] = topP;
  }
  if (topK !== null) {
    if (takesNone || traits.topK === 'nowhere') dropped.push('top_k');
    else if (traits.topK === 'flat') fields['top_k'] = topK;
    else fields['inferenceConfig'] = { topK };
  }
  return { config, fields, dropped };
}

type Prefix =
  Parameters<typeof limitCachePoints> extends [infer Tools, infer System, infer Messages]
    ? { tools: Tools; system: System; messages: Messages }
    : never;

/** @returns whether a mark of the request is not there */
function writeCachePoints(request: ChatRequest, prefix: Prefix, traits: ModelTraits): boolean {
  const own = (request['cache_control'] as CacheControl | null | undefined) ?? null;
  if (own) markLast(prefix.messages, own, traits);
  const isTooMany = limitCachePoints(prefix.tools, prefix.system, prefix.messages) > 0;
  const isTaken = traits.cachePoints && (traits.toolCachePoints || !request.tools?.some(cacheMarkOf));
  return isTooMany || (!isTaken && (own !== null || hasMarks(request)));
}

function hasMarks({ messages, tools }: ChatRequest): boolean {
  return (
    (tools ?? []).some(cacheMarkOf) ||
    messages.some(
      (message) =>
        cacheMarkOf(message) || (Array.isArray(message.content) && message.content.some(cacheMarkOf)),
    )
  );
}

/** White space alone is refused as a stop sequence. */
function stopSequences({ stop }: ChatRequest): { sequences: string[]; isCut: boolean } {
  const all = typeof stop === 'string' ? [stop] : (stop ?? []);
  const sequences = all.filter((sequence) => sequence.trim() !== '');
  return { sequences, isCut: sequences.length < all.length };
}
