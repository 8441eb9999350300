import { defineOpenAiCompatible } from '../openai-compatible/index.js';

/**
 * The international site; the Chinese one (.cn) has a catalog of its own. Its cache promises nothing.
 * https://docs.siliconflow.com/
 */
export const siliconflow = defineOpenAiCompatible({
  id: 'siliconflow',
  name: 'SiliconFlow',
  baseUrl: 'https://api.siliconflow.com/v1',
  docsUrl: 'https://docs.siliconflow.com/en/api-reference/chat-completions/chat-completions',
  quirks: {
    customTools: 'as-functions',
    tokenLimitField: 'max_tokens',
    // enable_thinking is for listed models only, so nothing switches; a budget (128 to 32768) holds for all that reason.
    reasoning: { budgetField: 'thinking_budget' },
  },
});
