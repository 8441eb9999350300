import type { ChatRequest } from '@trunkline/contracts';
import { droppedParameters } from '../parameters/index.js';
import { namedSchema } from '../schema/index.js';
import { builtOrRefused, refuseKeptObject, unsupportedBy } from '../refusal.js';
import type { BuildResult, ChatCall } from '../types.js';
import { toMediaResolution } from './media-resolution.js';
import { toConversation } from './messages.js';
import { traitsOf, type ModelTraits } from './model-traits.js';
import { GENERATE_PARAMETERS } from './parameters.js';
import { fitSchema } from './schema.js';
import { toGeminiThinking } from './thinking.js';
import { toGeminiTools } from './tools.js';

const MOST_STOPS = 5;

/** The client's request in Gemini's form; the model and whether it is a stream stand in the path. */
export function buildGenerateRequest(call: ChatCall): BuildResult {
  return builtOrRefused(() => {
    refuseKeptObject(call);
    const { body, dropped } = writeBody(call);
    const headers = {
      'content-type': 'application/json',
      accept: call.stream ? 'text/event-stream' : 'application/json',
    };
    const model = encodeURIComponent(call.model.replace(/^models\//, ''));
    const path = `/models/${model}:${call.stream ? 'streamGenerateContent?alt=sse' : 'generateContent'}`;
    return { path, headers, body: JSON.stringify(body), dropped };
  });
}

/** Parameters of the request that Gemini would not get. */
export function unsupportedParameters(request: ChatRequest, model: string): readonly string[] {
  return unsupportedBy(writeBody, request, model);
}

function writeBody(call: ChatCall): { body: Record<string, unknown>; dropped: string[] } {
  const { request, model } = call;
  const traits = traitsOf(model);
  const { system, contents } = toConversation(request.messages, traits);
  const tools = toGeminiTools(request, traits);
  const format = writeFormat(request, traits, tools.declarations.length > 0 || tools.isSearching);
  if (format.instruction !== null) system.push({ text: format.instruction });
  const config = writeConfig(call, traits);
  const generationConfig = { ...config.config, ...format.config };
  return {
    body: {
      contents,
      ...(system.length > 0 ? { systemInstruction: { parts: system } } : {}),
      ...(tools.declarations.length > 0 ? { tools: [{ functionDeclarations: tools.declarations }] } : {}),
      ...(tools.isSearching ? { tools: [{ googleSearch: {} }] } : {}),
      ...(tools.callingConfig ? { toolConfig: { functionCallingConfig: tools.callingConfig } } : {}),
      ...(Object.keys(generationConfig).length > 0 ? { generationConfig } : {}),
    },
    dropped: [
      ...new Set([
        ...droppedParameters(request, GENERATE_PARAMETERS),
        ...tools.dropped,
        ...format.dropped,
        ...config.dropped,
      ]),
    ],
  };
}

interface WrittenConfig {
  config: Record<string, unknown>;
  dropped: string[];
}

/** https://ai.google.dev/api/generate-content#v1beta.GenerationConfig */
function writeConfig(call: ChatCall, traits: ModelTraits): WrittenConfig {
  const { request } = call;
  const limit = writeLimit(call);
  const thinking = toGeminiThinking(request, traits);
  const stops = (typeof request.stop === 'string' ? [request.stop] : (request.stop ?? [])).filter(
    (sequence) => sequence !== '',
  );
  const modalities = writeModalities(request);
  const logprobs = writeLogprobs(request, traits);
  const all: Record<string, unknown> = {
    maxOutputTokens: limit.most,
    temperature: request.temperature,
    topP: request.top_p,
    topK: request.top_k,
    candidateCount: (request.n ?? 1) > 1 ? request.n : null,
    seed: request.seed,
    presencePenalty: request.presence_penalty || null,
    frequencyPenalty: request.frequency_penalty || null,
    stopSequences: stops.length > 0 ? stops.slice(0, MOST_STOPS) : null,
    thinkingConfig: thinking.config,
    responseModalities: modalities.names,
    mediaResolution: toMediaResolution(request),
    ...logprobs.config,
  };
  return {
    config: Object.fromEntries(Object.entries(all).filter(([, value]) => (value ?? null) !== null)),
    dropped: [
      ...limit.dropped,
      ...thinking.dropped,
      ...modalities.dropped,
      ...logprobs.dropped,
      ...(stops.length > MOST_STOPS ? ['stop'] : []),
    ],
  };
}

/** More than the model's maximum is refused. Thoughts count into the limit, as in `max_completion_tokens`. */
function writeLimit({ request, outputTokenLimit, maxOutputTokens: most }: ChatCall): {
  most: number | null;
  dropped: string[];
} {
  const asked = outputTokenLimit ?? request.max_completion_tokens ?? request.max_tokens ?? null;
  return asked !== null && most !== null && asked > most
    ? { most, dropped: ['max_tokens'] }
    : { most: asked, dropped: [] };
}

/** Newer models refuse to be asked. https://ai.google.dev/api/generate-content#FIELDS.response_logprobs */
function writeLogprobs({ logprobs, top_logprobs: top }: ChatRequest, traits: ModelTraits): WrittenConfig {
  if (logprobs !== true) return { config: {}, dropped: [] };
  if (traits.isThree) return { config: {}, dropped: ['logprobs', ...(top ? ['top_logprobs'] : [])] };
  return { config: { responseLogprobs: true, logprobs: top || null }, dropped: [] };
}

function writeModalities({ modalities }: ChatRequest): { names: string[] | null; dropped: string[] } {
  const wanted = modalities ?? [];
  if (wanted.some((one) => one !== 'text' && one !== 'image'))
    return { names: null, dropped: ['modalities'] };
  return { names: wanted.includes('image') ? wanted.map((one) => one.toUpperCase()) : null, dropped: [] };
}

interface WrittenFormat extends WrittenConfig {
  instruction: string | null;
}

/** Models before Gemini 3 refuse a response type beside functions; they are told in words. */
function writeFormat(request: ChatRequest, traits: ModelTraits, hasTools: boolean): WrittenFormat {
  const asked = request.response_format;
  if (asked?.type === 'json_schema' && 'json_schema' in asked) {
    const schema = namedSchema(asked.json_schema);
    if (!hasTools || traits.isThree) {
      const json = { responseMimeType: 'application/json' };
      if (!schema) return { config: json, instruction: null, dropped: [] };
      const path = 'response_format.json_schema.schema';
      const fitted = fitSchema(schema, path);
      return {
        config: { ...json, responseSchema: fitted.schema },
        instruction: null,
        dropped: fitted.lost.map((keyword) => `${path}.${keyword}`),
      };
    }
    const instruction = `Answer with nothing but one JSON value that satisfies this JSON schema:\n${JSON.stringify(schema ?? {})}`;
    return { config: {}, instruction, dropped: ['response_format.json_schema'] };
  }
  if (asked?.type === 'json_object') {
    return hasTools && !traits.isThree
      ? { config: {}, instruction: 'Answer with nothing but one JSON object.', dropped: [] }
      : { config: { responseMimeType: 'application/json' }, instruction: null, dropped: [] };
  }
  return { config: {}, instruction: null, dropped: [] };
}
