import { defineOpenAiCompatible } from '../openai-compatible/index.js';
import { jinaRerank, openAiEmbeddings } from '../openai-endpoints/index.js';

/**
 * The older path /v3/openai works too. enable_thinking is documented for a few models only: it passes where a client sends
 * it, and is never made of a wish.
 * https://novita.ai/docs · https://github.com/Portkey-AI/gateway/tree/main/src/providers/novita-ai
 */
export const novita = defineOpenAiCompatible({
  id: 'novita',
  name: 'Novita AI',
  baseUrl: 'https://api.novita.ai/openai',
  docsUrl: 'https://novita.ai/docs/api-reference/model-apis-llm-create-chat-completion',
  // https://novita.ai/docs/api-reference/model-apis-llm-create-rerank
  endpoints: {
    embeddings: openAiEmbeddings({ path: '/v1/embeddings', drop: ['input_type', 'dimensions', 'user'] }),
    rerank: jinaRerank({ path: '/v1/rerank', drop: ['user'] }),
  },
  quirks: {
    customTools: 'as-functions',
    tokenLimitField: 'max_tokens',
  },
});
