import { defineOpenAiCompatible } from '../openai-compatible/index.js';

/**
 * The documentation gives a base URL per account: an operator can set it on the entry. Messages in Anthropic's format is an
 * entry of protocol `anthropic`.
 * https://docs.sambanova.ai/docs/en/features/openai-compatibility
 */
export const sambanova = defineOpenAiCompatible({
  id: 'sambanova',
  name: 'SambaNova Cloud',
  baseUrl: 'https://api.sambanova.ai/v1',
  docsUrl: 'https://docs.sambanova.ai/docs/en/features/openai-compatibility',
  quirks: {
    customTools: 'as-functions',
    tokenLimitField: 'max_tokens',
  },
});
