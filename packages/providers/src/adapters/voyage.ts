import { jinaRerank, openAiEmbeddings } from '../openai-endpoints/index.js';
import type { ProviderAdapter } from '../types.js';

/**
 * Embeddings and reranking. `truncation` passes; a batch route, which is cheaper, is not used. Of encodings it knows
 * base64 by name; numbers are what comes unasked.
 * https://docs.voyageai.com/reference
 */
export const voyage: ProviderAdapter = {
  id: 'voyage',
  name: 'Voyage AI',
  protocol: 'openai',
  baseUrl: 'https://api.voyageai.com/v1',
  docsUrl: 'https://docs.voyageai.com/reference/embeddings-api',
  auth: { type: 'bearer' },
  endpoints: {
    embeddings: openAiEmbeddings({
      limits: { items: 1_000, characters: 300_000 },
      base64: true,
      rename: { dimensions: 'output_dimension' },
      drop: ['user'],
      inputTypes: { search_query: 'query', search_document: 'document' },
    }),
    rerank: jinaRerank({ rename: { top_n: 'top_k' }, drop: ['user', 'max_tokens_per_doc'] }),
  },
};
