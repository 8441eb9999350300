import { defineOpenAiCompatible } from '../openai-compatible/index.js';
import { openAiEmbeddings } from '../openai-endpoints/index.js';

/**
 * Moved here from api.studio.nebius.ai. Names that end in -fast are offers of their own at a higher price.
 * Caching is automatic, its hits are OpenAI's field.
 * https://docs.tokenfactory.nebius.com/
 */
export const nebius = defineOpenAiCompatible({
  id: 'nebius',
  name: 'Nebius Token Factory',
  baseUrl: 'https://api.tokenfactory.nebius.com/v1',
  docsUrl: 'https://docs.tokenfactory.nebius.com/api-reference',
  // https://docs.tokenfactory.nebius.com/api-reference/embeddings
  endpoints: { embeddings: openAiEmbeddings({ drop: ['input_type'] }) },
  quirks: {
    customTools: 'as-functions',
    tokenLimitField: 'max_tokens',
  },
});
