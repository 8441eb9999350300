import { defineOpenAiCompatible } from '../openai-compatible/index.js';
import { MISTRAL_QUIRKS } from '../openai-compatible/mistral-models.js';
import { openAiEmbeddings } from '../openai-endpoints/index.js';

/**
 * Content may be an array with parts of type `thinking`: put right for clients. Errors are flat. At most 128 tools, and
 * parallel calls in any order: nothing to do. A stream without data for ten minutes is cut by the server.
 * Limits are requests a second and tokens a minute; safe_prompt passes.
 * Tool call ids: https://github.com/langchain-ai/langchain/pull/24668
 * https://docs.mistral.ai/api/ · https://github.com/vercel/ai/tree/main/packages/mistral/src
 * https://github.com/mistralai/platform-docs-public/blob/main/public/resources/known-limitations.md
 */
export const mistral = defineOpenAiCompatible({
  id: 'mistral',
  name: 'Mistral AI',
  baseUrl: 'https://api.mistral.ai/v1',
  docsUrl: 'https://docs.mistral.ai/api/',
  // At most 16,384 tokens at once. https://docs.mistral.ai/api/endpoint/embeddings
  endpoints: {
    embeddings: openAiEmbeddings({
      limits: { items: 512, characters: 40_000 },
      rename: { dimensions: 'output_dimension' },
      drop: ['input_type', 'user'],
    }),
  },
  quirks: MISTRAL_QUIRKS,
});
