import { openAiEndpoint } from '../../endpoints/openai-routes.js';
import type { Protocol } from '../protocol.js';
import { responses } from '../responses/index.js';
import { openAiRefusal } from './errors.js';
import { openAiHeaders } from './headers.js';
import { parseChat } from './request.js';
import { chatWriter } from './reply.js';

/** OpenAI's chat completions, as OpenAI and the many compatible providers speak them. */
export const openai: Protocol = {
  id: 'openai',
  requiresLimit: false,
  siblings: [responses],
  operation: (method, path) => {
    if (method === 'POST' && path.endsWith('/chat/completions'))
      return { kind: 'generate', endpoint: 'chat' };
    if (method === 'GET' && path.endsWith('/models')) return { kind: 'models' };
    return openAiEndpoint(method, path);
  },
  readKey: (headers) => /^Bearer (.+)$/iu.exec(headers.authorization ?? '')?.[1],
  checkHeaders: () => undefined,
  parse: parseChat,
  useCache: (cache, scope, prompt, now) => cache.useImplicit(scope, prompt.segments, now),
  writer: chatWriter,
  headers: openAiHeaders,
  refusal: openAiRefusal,
  models: (names, providerId) =>
    JSON.stringify({
      object: 'list',
      data: names.map((id) => ({ id, object: 'model', created: 1_700_000_000, owned_by: providerId })),
    }),
  tokenCount: (promptTokens) => JSON.stringify({ prompt_tokens: promptTokens }),
  keepAlive: (profile) => profile.keepAlive,
};
