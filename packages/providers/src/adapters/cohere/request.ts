import type { ChatRequest } from '@trunkline/contracts';
import { droppedParameters, refusedParameter } from '../../parameters/index.js';
import { builtOrRefused, refuseKeptObject, Refusal, unsupportedBy } from '../../refusal.js';
import type { BuildResult, ChatCall } from '../../types.js';
import { toConversation } from './messages.js';
import { traitsOf } from './model-traits.js';
import { COHERE_PARAMETERS, OWN_PARAMETERS } from './parameters.js';
import { toCohereFormat } from './response-format.js';
import { toCohereThinking } from './thinking.js';
import { toCohereTools } from './tools.js';

const MOST_STOPS = 5;
const MOST_K = 500;

/** The client's request in Cohere's form. https://docs.cohere.com/reference/chat */
export function buildChatRequest(call: ChatCall): BuildResult {
  return builtOrRefused(() => {
    refuseKeptObject(call);
    const { body, dropped } = writeBody(call);
    const headers = {
      'content-type': 'application/json',
      accept: call.stream ? 'text/event-stream' : 'application/json',
    };
    return { path: '/chat', headers, body: JSON.stringify(body), dropped };
  });
}

/** Parameters of the request that Cohere would not get. */
export function unsupportedParameters(request: ChatRequest, model: string): readonly string[] {
  return unsupportedBy(writeBody, request, model);
}

function writeBody(call: ChatCall): { body: Record<string, unknown>; dropped: string[] } {
  const { request, model } = call;
  const refusedField = refusedParameter(request, COHERE_PARAMETERS);
  if (refusedField !== null) throw new Refusal(refusedField, 'This provider gives one choice only.');
  const traits = traitsOf(model);
  const { system, messages } = toConversation(request.messages);
  const tools = toCohereTools(request, traits);
  const format = toCohereFormat(request, tools.tools.length > 0);
  if (format.instruction !== null) system.push(format.instruction);
  const limit = writeLimit(call);
  const thinking = toCohereThinking(request, traits, limit.most ?? call.maxOutputTokens);
  const samplers = writeSamplers(request);
  const head = system.length > 0 ? [{ role: 'system', content: system.join('\n\n') }] : [];
  const own = OWN_PARAMETERS.filter((field) => (request[field] ?? null) !== null);
  return {
    body: {
      model,
      // Without a user's turn the instructions are one.
      messages:
        messages.length > 0 ? [...head, ...messages] : [{ role: 'user', content: system.join('\n\n') }],
      ...(tools.tools.length > 0 ? { tools: tools.tools } : {}),
      ...(tools.toolChoice === null ? {} : { tool_choice: tools.toolChoice }),
      ...(tools.strictTools ? { strict_tools: true } : {}),
      ...(format.format ? { response_format: format.format } : {}),
      ...(thinking.thinking ? { thinking: thinking.thinking } : {}),
      ...(limit.most === null ? {} : { max_tokens: limit.most }),
      ...samplers.body,
      ...(request.logprobs === true ? { logprobs: true } : {}),
      ...Object.fromEntries(own.map((field) => [field, request[field]])),
      stream: call.stream,
    },
    dropped: [
      ...new Set([
        ...droppedParameters(request, COHERE_PARAMETERS),
        ...tools.dropped,
        ...format.dropped,
        ...thinking.dropped,
        ...limit.dropped,
        ...samplers.dropped,
      ]),
    ],
  };
}

/** More than the model's maximum is refused. */
function writeLimit({ request, outputTokenLimit, maxOutputTokens: most }: ChatCall): {
  most: number | null;
  dropped: string[];
} {
  const asked = outputTokenLimit ?? request.max_completion_tokens ?? request.max_tokens ?? null;
  return asked !== null && most !== null && asked > most
    ? { most, dropped: ['max_tokens'] }
    : { most: asked, dropped: [] };
}

interface WrittenSamplers {
  body: Record<string, unknown>;
  dropped: string[];
}

/** Ranges are narrower than OpenAI's; of the two penalties one alone is taken. */
function writeSamplers(request: ChatRequest): WrittenSamplers {
  const body: Record<string, unknown> = {};
  const dropped: string[] = [];
  const write = (field: string, name: string, [least, most]: readonly [number, number]): void => {
    const value = request[field];
    if (typeof value !== 'number') return;
    body[name] = Math.min(Math.max(value, least), most);
    if (body[name] !== value) dropped.push(field);
  };
  write('temperature', 'temperature', [0, 1]);
  // 1 is to choose among all, which is 0.99 here as near as can be said.
  if (request.top_p === 1) body['p'] = 0.99;
  else write('top_p', 'p', [0.01, 0.99]);
  write('top_k', 'k', [0, MOST_K]);
  if (request.frequency_penalty) write('frequency_penalty', 'frequency_penalty', [0, 1]);
  if (request.presence_penalty) {
    if (body['frequency_penalty']) dropped.push('presence_penalty');
    else write('presence_penalty', 'presence_penalty', [0, 1]);
  }
  if (typeof request.seed === 'number') {
    if (request.seed >= 0) body['seed'] = request.seed;
    else dropped.push('seed');
  }
  const all = (typeof request.stop === 'string' ? [request.stop] : (request.stop ?? [])).filter(
    (sequence) => sequence !== '',
  );
  if (all.length > 0) body['stop_sequences'] = all.slice(0, MOST_STOPS);
  if (all.length > MOST_STOPS) dropped.push('stop');
  return { body, dropped };
}
