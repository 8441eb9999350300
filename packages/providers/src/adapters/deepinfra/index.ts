import { defineOpenAiCompatible } from '../../openai-compatible/index.js';
import { openAiEmbeddings } from '../../openai-endpoints/index.js';
import { deepinfraRerank } from './rerank.js';

/**
 * For Gemini and Gemma completion_tokens and the total leave out the reasoning: told by reasoning_tokens being the larger
 * one. No budget of tokens to think with.
 * https://deepinfra.com/docs/openai_api · https://github.com/vercel/ai/tree/main/packages/deepinfra/src
 */
export const deepinfra = defineOpenAiCompatible({
  id: 'deepinfra',
  name: 'DeepInfra',
  baseUrl: 'https://api.deepinfra.com/v1/openai',
  docsUrl: 'https://deepinfra.com/docs/openai_api',
  endpoints: {
    // https://deepinfra.com/docs/advanced/rate-limits
    embeddings: openAiEmbeddings({ limits: { items: 1_024 }, drop: ['input_type', 'user'] }),
    rerank: deepinfraRerank,
  },
  quirks: {
    tokenLimitField: 'max_tokens',
    usage: { reasoningBeside: 'where-more' },
    reasoning: { effort: true, off: { reasoning_effort: 'none' }, on: { reasoning: { enabled: true } } },
    // It sells a cache time with prompt_cache_options, counted in cache_write_tokens.
  },
});
