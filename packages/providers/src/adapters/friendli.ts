import { defineOpenAiCompatible } from '../openai-compatible/index.js';

/**
 * Chat and completions only.
 * https://friendli.ai/docs
 */
export const friendli = defineOpenAiCompatible({
  id: 'friendli',
  name: 'FriendliAI',
  baseUrl: 'https://api.friendli.ai/serverless/v1',
  docsUrl: 'https://friendli.ai/docs/guides/serverless_endpoints/introduction',
  quirks: {
    customTools: 'as-functions',
    tokenLimitField: 'max_tokens',
    reasoning: {
      off: { chat_template_kwargs: { enable_thinking: false } },
      on: { chat_template_kwargs: { enable_thinking: true } },
    },
  },
});
