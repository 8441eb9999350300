import { nativeId } from '../native-ids.js';
import type { Protocol } from '../protocol.js';
import { anthropicRefusal } from './errors.js';
import { messageWriter } from './reply.js';
import { parseMessagesRequest } from './request.js';
import { promptAlone } from './token-count.js';

/** Anthropic's Messages API. https://docs.anthropic.com/en/api/messages */
export const anthropic: Protocol = {
  id: 'anthropic',
  requiresLimit: true,
  operation: (method, path) => {
    if (method === 'POST' && path.endsWith('/messages')) return { kind: 'generate', endpoint: 'messages' };
    if (method === 'POST' && path.endsWith('/messages/count_tokens'))
      return { kind: 'count_tokens', endpoint: 'messages', counted: promptAlone };
    return method === 'GET' && path.endsWith('/models') ? { kind: 'models' } : undefined;
  },
  readKey: (headers) => {
    const key = headers['x-api-key'];
    return typeof key === 'string' ? key : /^Bearer (.+)$/iu.exec(headers.authorization ?? '')?.[1];
  },
  checkHeaders: (headers) =>
    headers['anthropic-version'] === undefined
      ? {
          kind: 'invalid',
          path: ['anthropic-version'],
          reason: 'unsupported',
          expected: 'header is required',
        }
      : undefined,
  parse: parseMessagesRequest,
  useCache: (cache, scope, prompt, now) => cache.useMarked(scope, prompt.segments, now),
  writer: messageWriter,
  headers: () => ({
    'request-id': nativeId('req_011', 21),
    'anthropic-ratelimit-requests-limit': '4000',
    'anthropic-ratelimit-requests-remaining': '3999',
    'anthropic-ratelimit-requests-reset': new Date(Date.now() + 1_000).toISOString(),
    'anthropic-ratelimit-tokens-limit': '4000000',
    'anthropic-ratelimit-tokens-remaining': '3999000',
    'anthropic-ratelimit-tokens-reset': new Date(Date.now() + 1_000).toISOString(),
  }),
  refusal: anthropicRefusal,
  models: (names) => {
    const data = names.map((id) => ({
      type: 'model',
      id,
      display_name: id,
      created_at: '2025-01-01T00:00:00Z',
    }));
    return JSON.stringify({
      data,
      has_more: false,
      first_id: names[0] ?? null,
      last_id: names.at(-1) ?? null,
    });
  },
  tokenCount: (promptTokens) => JSON.stringify({ input_tokens: promptTokens }),
  keepAlive: () => 'event: ping\ndata: {"type": "ping"}\n\n',
};
