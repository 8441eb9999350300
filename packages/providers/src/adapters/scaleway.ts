import { defineOpenAiCompatible } from '../openai-compatible/index.js';
import { openAiEmbeddings } from '../openai-endpoints/index.js';

/**
 * Left out, reasoning_effort means thinking; none switches it off but for gpt-oss. 25 requests at a time per account:
 * its 429 says so. Of the names that tools know the key by in the environment (SCALEWAY_API_KEY, SCW_SECRET_KEY) the
 * catalog has both.
 * https://www.scaleway.com/en/docs/generative-apis/
 */
export const scaleway = defineOpenAiCompatible({
  id: 'scaleway',
  name: 'Scaleway Generative APIs',
  baseUrl: 'https://api.scaleway.ai/v1',
  docsUrl: 'https://www.scaleway.com/en/docs/generative-apis/',
  // https://www.scaleway.com/en/docs/generative-apis/api-cli/using-embeddings-api/
  endpoints: { embeddings: openAiEmbeddings({ drop: ['input_type'] }) },
  quirks: {
    customTools: 'as-functions',
    tokenLimitField: 'max_tokens',
    reasoning: { effort: true, off: { reasoning_effort: 'none' } },
    models: [{ match: /gpt-oss/, quirks: { reasoning: { effort: true } } }],
  },
});
