import { defineOpenAiCompatible } from '../openai-compatible/index.js';

/**
 * An older route (/{model}/chat, in camel case) is not used.
 * https://docs.ai21.com/
 */
export const ai21 = defineOpenAiCompatible({
  id: 'ai21',
  name: 'AI21 Labs',
  baseUrl: 'https://api.ai21.com/studio/v1',
  docsUrl: 'https://docs.ai21.com/reference/jamba-1-6-api-ref',
  quirks: {
    customTools: 'as-functions',
    tokenLimitField: 'max_tokens',
  },
});
