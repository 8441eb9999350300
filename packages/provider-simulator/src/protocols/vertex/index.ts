import type { IncomingHttpHeaders } from 'node:http';
import { keyOfToken } from '../../tokens/access-token.js';
import { readGoogleForm } from '../../tokens/token-form.js';
import { asksForSpeech, geminiSpeech, imagen } from '../../endpoints/gemini.js';
import { vertexEmbeddings } from '../../endpoints/vertex-embeddings.js';
import { gemini } from '../gemini/index.js';
import { isThree } from '../gemini/request.js';
import { countedAtVertex } from '../gemini/token-count.js';
import { refuse } from '../native-problem.js';
import { openai } from '../openai/index.js';
import type { Operation, Protocol } from '../protocol.js';
import { claudeAtVertex, countedClaude } from './claude.js';
import { vertexRefusal } from './errors.js';

const LOCATION = String.raw`/v1(?:beta1)?/projects/[^/]+/locations/[^/]+`;
const GEMINI = new RegExp(String.raw`^(?:${LOCATION}|/v1)/publishers/google/models/([^/:]+):(\w+)$`, 'u');
const CLAUDE = new RegExp(
  String.raw`^${LOCATION}/publishers/anthropic/models/([^/:]+):(rawPredict|streamRawPredict)$`,
  'u',
);
const MISTRAL = new RegExp(
  String.raw`^${LOCATION}/publishers/mistralai/models/[^/:]+:(?:rawPredict|streamRawPredict)$`,
  'u',
);
const OPEN_MODELS = new RegExp(String.raw`^${LOCATION}/endpoints/openapi/chat/completions$`, 'u');

/** The API key of express mode, or an access token. */
function readKey(headers: IncomingHttpHeaders): string | undefined {
  const key = headers['x-goog-api-key'];
  if (typeof key === 'string') return key;
  const [, token] = /^Bearer (.+)$/iu.exec(headers.authorization ?? '') ?? [];
  return token === undefined ? undefined : keyOfToken(token, Date.now());
}

/** A stream comes as events with `alt=sse` alone. */
function geminiOperation(method: string, path: string, query: URLSearchParams): Operation | undefined {
  const [, name, verb] = GEMINI.exec(path) ?? [];
  if (method !== 'POST' || name === undefined) return undefined;
  const model = decodeURIComponent(name);
  const generate = { kind: 'generate', endpoint: 'chat' } as const;
  const target = { model, stream: false };
  if (verb === 'predict') {
    const isPicture = model.startsWith('imagen');
    return isPicture
      ? { kind: 'endpoint', endpoint: 'images', answer: imagen, target }
      : { kind: 'endpoint', endpoint: 'embeddings', answer: vertexEmbeddings, target };
  }
  if (verb === 'countTokens')
    return { kind: 'count_tokens', endpoint: 'chat', target, counted: countedAtVertex };
  const speech = { kind: 'endpoint', endpoint: 'speech', answer: geminiSpeech, target } as const;
  if (verb === 'generateContent')
    return { ...generate, target, unless: (body) => (asksForSpeech(body) ? speech : undefined) };
  return verb === 'streamGenerateContent' && query.get('alt') === 'sse'
    ? { ...generate, target: { model, stream: true } }
    : undefined;
}

function claudeOperation(method: string, path: string): Operation | undefined {
  const [, name, verb] = CLAUDE.exec(path) ?? [];
  if (method !== 'POST' || name === undefined) return undefined;
  if (name === 'count-tokens' && verb === 'rawPredict')
    return { kind: 'count_tokens', endpoint: 'messages', counted: countedClaude };
  const target = { model: decodeURIComponent(name), stream: verb === 'streamRawPredict' };
  return { kind: 'generate', endpoint: 'messages', target };
}

/**
 * Google Vertex AI: Gemini, Claude, and models of other makers in OpenAI's format.
 * https://docs.cloud.google.com/vertex-ai/generative-ai/docs/model-reference/inference
 */
export const vertex: Protocol = {
  ...gemini,
  id: 'vertex',
  tokens: { path: /^\/token$/u, read: readGoogleForm },
  operation: geminiOperation,
  readKey,
  parse: (body, offer, profile, target) => {
    // Ids of calls are known since Gemini 3.
    if (!isThree(target.model) && /"function(?:Call|Response)":\{[^{}]*"id":/u.test(JSON.stringify(body)))
      refuse([], 'unsupported', 'Invalid JSON payload received. Unknown name "id": Cannot find field.');
    return gemini.parse(body, offer, profile, target);
  },
  refusal: vertexRefusal,
  siblings: [
    { ...claudeAtVertex, operation: claudeOperation, readKey },
    {
      ...openai,
      siblings: [],
      operation: (method, path) =>
        method === 'POST' && (OPEN_MODELS.test(path) || MISTRAL.test(path))
          ? { kind: 'generate', endpoint: 'chat' }
          : undefined,
      readKey,
      refusal: vertexRefusal,
    },
  ],
};
