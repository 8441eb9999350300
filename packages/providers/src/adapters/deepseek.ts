import { defineOpenAiCompatible } from '../openai-compatible/index.js';

/**
 * Waiting for a slot it sends SSE comments, and blank lines in a plain answer: both are read over. Cache hits stand in
 * prompt_cache_hit_tokens too. Prices by hour are the price book's. 402 no balance, 422 bad parameters, 503 overload; a
 * 429 is too many calls at a time, each until its answer ends, so that another target helps and waiting little. What
 * the two public names lead to changes without a new name, and is older at other hosts: the catalog's names tell them
 * apart. Caching is automatic, by steps of 64 tokens.
 * https://api-docs.deepseek.com/quick_start/rate_limit · https://github.com/vercel/ai/tree/main/packages/deepseek/src
 */
export const deepseek = defineOpenAiCompatible({
  id: 'deepseek',
  name: 'DeepSeek',
  baseUrl: 'https://api.deepseek.com',
  docsUrl: 'https://api-docs.deepseek.com/api/create-chat-completion',
  quirks: {
    customTools: 'as-functions',
    tokenLimitField: 'max_tokens',
    // Ignored without a word, so the client is told here.
    drop: ['seed', 'top_k'],
    toolChoice: { required: 'auto' },
    jsonSchema: 'json_object',
    // V4 wants it back on every assistant turn; an empty string will do.
    messages: { reasoning: 'reasoning_content-always' },
    reasoning: {
      // Three real levels (low, high, max); the server maps the others itself.
      effort: true,
      off: { thinking: { type: 'disabled' } },
      on: { thinking: { type: 'enabled' } },
    },
    errorCodes: { invalid_request_error: 'invalid_request' },
  },
});
