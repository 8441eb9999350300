import { cohereEmbed } from '../../endpoints/cohere-embed.js';
import { cohereRerank } from '../../endpoints/rerank.js';
import { nativeId } from '../native-ids.js';
import type { Protocol } from '../protocol.js';
import { cohereRefusal } from './errors.js';
import { chatWriter } from './reply.js';
import { parseChat } from './request.js';

/** Cohere's own chat. https://docs.cohere.com/reference/chat */
export const cohere: Protocol = {
  id: 'cohere',
  requiresLimit: false,
  operation: (method, path) => {
    if (method === 'POST' && path === '/v2/chat') return { kind: 'generate', endpoint: 'chat' };
    if (method === 'POST' && path === '/v2/embed')
      return { kind: 'endpoint', endpoint: 'embeddings', answer: cohereEmbed };
    if (method === 'POST' && path === '/v2/rerank')
      return { kind: 'endpoint', endpoint: 'rerank', answer: cohereRerank };
    return method === 'GET' && path === '/v1/models' ? { kind: 'models' } : undefined;
  },
  readKey: (headers) => /^Bearer (.+)$/iu.exec(headers.authorization ?? '')?.[1],
  checkHeaders: () => undefined,
  parse: (body, offer) => parseChat(body, offer),
  useCache: (cache, scope, prompt, now) => cache.useImplicit(scope, prompt.segments, now),
  writer: chatWriter,
  headers: () => ({ 'x-debug-trace-id': nativeId('', 32).toLowerCase() }),
  refusal: cohereRefusal,
  models: (names) =>
    JSON.stringify({ models: names.map((name) => ({ name, endpoints: ['chat'] })), next_page_token: '' }),
  tokenCount: (tokens) => JSON.stringify({ tokens }),
  keepAlive: () => ': keep-alive\n\n',
};
