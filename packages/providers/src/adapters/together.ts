import { defineOpenAiCompatible } from '../openai-compatible/index.js';
import { openAiEmbeddings } from '../openai-endpoints/index.js';

/**
 * Reasoning stands in `reasoning`, with some models in `reasoning_content`: both are read. A failure below the current
 * rate is a 503, above it a 429: both go on to the next target. Variants (-Turbo, -FP8) are offers of their own. Older
 * clients call api.together.xyz. Moderations and batches are not in OpenAI's form there, and are not offered here.
 * chat_template_kwargs, the older switch of thinking, passes. Caching is automatic.
 * https://docs.together.ai/docs/serverless/rate-limits · https://github.com/tensorzero/tensorzero (providers/together.rs)
 */
export const together = defineOpenAiCompatible({
  id: 'together',
  name: 'Together AI',
  baseUrl: 'https://api.together.ai/v1',
  docsUrl: 'https://docs.together.ai/reference/chat-completions-1',
  // https://docs.together.ai/reference/embeddings-2
  endpoints: { embeddings: openAiEmbeddings({ drop: ['input_type'] }) },
  quirks: {
    customTools: 'as-functions',
    tokenLimitField: 'max_tokens',
    toolChoice: { required: 'auto', none: 'without-tools' },
    messages: { reasoning: 'reasoning_content' },
    reasoning: {
      effort: true,
      off: { reasoning: { enabled: false } },
      on: { reasoning: { enabled: true } },
    },
  },
});
