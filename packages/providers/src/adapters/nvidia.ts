import { defineOpenAiCompatible } from '../openai-compatible/index.js';
import { openAiEmbeddings } from '../openai-endpoints/index.js';

/**
 * A hosted trial: the catalog marks its offers free_trial. Fields for reasoning differ by model (reasoning_effort,
 * chat_template_kwargs, reasoning_budget): what a client sends passes. Reranking is on another host.
 * https://docs.api.nvidia.com/nim/
 */
export const nvidia = defineOpenAiCompatible({
  id: 'nvidia',
  name: 'NVIDIA NIM',
  baseUrl: 'https://integrate.api.nvidia.com/v1',
  docsUrl: 'https://docs.api.nvidia.com/nim/reference/llm-apis',
  // https://docs.nvidia.com/nim/nemo-retriever/text-embedding/latest/reference.html
  endpoints: {
    embeddings: openAiEmbeddings({
      defaults: { input_type: 'passage' },
      inputTypes: { search_query: 'query', search_document: 'passage', document: 'passage' },
    }),
  },
  quirks: {
    customTools: 'as-functions',
    tokenLimitField: 'max_tokens',
  },
});
