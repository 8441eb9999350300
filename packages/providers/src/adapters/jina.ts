import { jinaRerank } from '../openai-endpoints/index.js';
import type { ProviderAdapter } from '../types.js';

/**
 * Reranking, billed by tokens. Of the names that tools know the key by in the environment (JINA_API_KEY,
 * JINA_AI_API_KEY) the catalog has both.
 * https://jina.ai/reranker/
 */
export const jina: ProviderAdapter = {
  id: 'jina',
  name: 'Jina AI',
  protocol: 'openai',
  baseUrl: 'https://api.jina.ai/v1',
  docsUrl: 'https://api.jina.ai/redoc#tag/rerank',
  auth: { type: 'bearer' },
  endpoints: { rerank: jinaRerank({ drop: ['user', 'max_tokens_per_doc'] }) },
};
