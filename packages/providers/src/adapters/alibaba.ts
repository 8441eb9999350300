import { defineOpenAiCompatible } from '../openai-compatible/index.js';

const THINKING = {
  off: { enable_thinking: false },
  on: { enable_thinking: true },
  budgetField: 'thinking_budget',
};

/**
 * The international site. Content parts of type file, and audio that is no data URI, are refused by the server.
 * cached_tokens and cache_creation_input_tokens are both inside prompt_tokens: taken apart; what was written was asked
 * for by a mark, so that cache_type says no more. Prices step with the prompt's length: the price book's.
 * https://www.alibabacloud.com/help/en/model-studio · https://github.com/vercel/ai/tree/main/packages/alibaba/src
 */
export const alibaba = defineOpenAiCompatible({
  id: 'alibaba',
  name: 'Alibaba Cloud Model Studio (Qwen)',
  baseUrl: 'https://dashscope-intl.aliyuncs.com/compatible-mode/v1',
  docsUrl: 'https://www.alibabacloud.com/help/en/model-studio/use-qwen-by-calling-api',
  quirks: {
    customTools: 'as-functions',
    tokenLimitField: 'max_tokens',
    drop: ['frequency_penalty'],
    toolChoice: { required: 'auto' },
    strictTools: false,
    // From 1,024 tokens on, for five minutes.
    messages: { cacheControl: true, mostCacheMarks: 4 },
    reasoning: THINKING,
    models: [{ match: /deepseek-v4/, quirks: { reasoning: { ...THINKING, effort: true } } }],
  },
});
