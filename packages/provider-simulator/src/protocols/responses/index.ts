import { openAiHeaders } from '../openai/headers.js';
import { openAiRefusal } from '../openai/errors.js';
import type { Protocol } from '../protocol.js';
import { responsesWriter } from './reply.js';
import { parseResponses } from './request.js';

/** OpenAI's Responses, beside chat completions. Nothing is kept: `store` is taken and does nothing. */
export const responses: Protocol = {
  id: 'openai-responses',
  requiresLimit: false,
  operation: (method, path) =>
    method === 'POST' && path.endsWith('/responses')
      ? { kind: 'generate', endpoint: 'responses' }
      : undefined,
  readKey: (headers) => /^Bearer (.+)$/iu.exec(headers.authorization ?? '')?.[1],
  checkHeaders: () => undefined,
  parse: parseResponses,
  useCache: (cache, scope, prompt, now) => cache.useImplicit(scope, prompt.segments, now),
  writer: responsesWriter,
  headers: openAiHeaders,
  refusal: openAiRefusal,
  models: () => '',
  tokenCount: (promptTokens) => JSON.stringify({ input_tokens: promptTokens }),
  keepAlive: (profile) => profile.keepAlive,
};
