import { defineOpenAiCompatible } from '../openai-compatible/index.js';

/**
 * The path has a product part before /chat/completions. Medium and high efforts take 30 and 60 % of what is left of the
 * context: the token limit bounds them.
 * https://developers.upstage.ai/docs/apis/chat
 */
export const upstage = defineOpenAiCompatible({
  id: 'upstage',
  name: 'Upstage',
  baseUrl: 'https://api.upstage.ai/v1/solar',
  docsUrl: 'https://developers.upstage.ai/docs/apis/chat',
  quirks: {
    customTools: 'as-functions',
    tokenLimitField: 'max_tokens',
    // On Solar Pro 3 low means off.
    reasoning: { effort: true, off: { reasoning_effort: 'low' } },
  },
});
