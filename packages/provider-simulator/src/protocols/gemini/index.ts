import { asksForSpeech, geminiEmbeddings, geminiSpeech, imagen } from '../../endpoints/gemini.js';
import type { Operation, Protocol } from '../protocol.js';
import { geminiRefusal } from './errors.js';
import { generateWriter } from './reply.js';
import { parseGenerate } from './request.js';
import { countedRequest } from './token-count.js';

const METHOD = /^\/v1(?:beta)?\/models\/([^/:]+):(\w+)$/u;

/** Google's Gemini API. https://ai.google.dev/api/generate-content */
export const gemini: Protocol = {
  id: 'gemini',
  requiresLimit: false,
  operation: operationOf,
  readKey: (headers) => {
    const key = headers['x-goog-api-key'];
    return typeof key === 'string' ? key : undefined;
  },
  checkHeaders: () => undefined,
  parse: (body, offer, _profile, target) => parseGenerate(body, offer, target),
  useCache: (cache, scope, prompt, now) => cache.useImplicit(scope, prompt.segments, now),
  writer: generateWriter,
  headers: () => ({ 'server-timing': 'gfet4t7; dur=420', vary: 'Origin, X-Origin, Referer' }),
  refusal: geminiRefusal,
  models: (names) =>
    JSON.stringify({
      models: names.map((name) => ({
        name: `models/${name}`,
        displayName: name,
        supportedGenerationMethods: ['generateContent', 'countTokens'],
      })),
    }),
  tokenCount: (totalTokens) => JSON.stringify({ totalTokens }),
  keepAlive: () => ': keep-alive\r\n\r\n',
};

/** A stream comes as events with `alt=sse` alone; the JSON array that it is otherwise is not simulated. */
function operationOf(method: string, path: string, query: URLSearchParams): Operation | undefined {
  if (method === 'GET') return /^\/v1(?:beta)?\/models$/u.test(path) ? { kind: 'models' } : undefined;
  const [, name, verb] = METHOD.exec(path) ?? [];
  const model = decoded(name ?? '');
  if (method !== 'POST' || model === undefined) return undefined;
  const generate = { kind: 'generate', endpoint: 'chat' } as const;
  const target = { model, stream: false };
  if (verb === 'batchEmbedContents')
    return { kind: 'endpoint', endpoint: 'embeddings', answer: geminiEmbeddings, target };
  if (verb === 'predict') return { kind: 'endpoint', endpoint: 'images', answer: imagen, target };
  const speech = { kind: 'endpoint', endpoint: 'speech', answer: geminiSpeech, target } as const;
  if (verb === 'generateContent')
    return { ...generate, target, unless: (body) => (asksForSpeech(body) ? speech : undefined) };
  if (verb === 'streamGenerateContent' && query.get('alt') === 'sse')
    return { ...generate, target: { model, stream: true } };
  return verb === 'countTokens'
    ? { kind: 'count_tokens', endpoint: 'chat', target, counted: (body) => countedRequest(body, model) }
    : undefined;
}

function decoded(name: string): string | undefined {
  try {
    return decodeURIComponent(name);
  } catch {
    return undefined;
  }
}
