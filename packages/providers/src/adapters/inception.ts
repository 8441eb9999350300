import { defineOpenAiCompatible } from '../openai-compatible/index.js';

/**
 * https://platform.inceptionlabs.ai/docs
 */
export const inception = defineOpenAiCompatible({
  id: 'inception',
  name: 'Inception Labs',
  baseUrl: 'https://api.inceptionlabs.ai/v1',
  docsUrl: 'https://platform.inceptionlabs.ai/docs',
  quirks: {
    customTools: 'as-functions',
    tokenLimitField: 'max_tokens',
    // There is no off; instant is meant for turns without tools.
    reasoning: { effort: true, effortNames: { minimal: 'instant', xhigh: 'high', max: 'high' } },
  },
});
