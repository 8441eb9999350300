import type { ChatRequest } from '@trunkline/contracts';
import { defineOpenAiCompatible } from '../openai-compatible/index.js';
import type { Quirks } from '../openai-compatible/quirks.js';
import { readReasoningWish } from '../openai-compatible/reasoning.js';

const THINKING = {
  off: { enable_thinking: false },
  on: { enable_thinking: true },
  budgetField: 'thinking_budget',
};

/** For what is an error while the model thinks. */
const WITHOUT_THINKING: Quirks = {
  defaults: { enable_thinking: false },
  reasoning: { off: { enable_thinking: false } },
};

/** Models of the open families that think unless told otherwise; those of one mode alone say it in their names. */
const OPEN_HYBRID = /^qwen3-\d+b(?!.*-(?:thinking|instruct))/;

function wantsJson({ response_format: format }: ChatRequest): boolean {
  return format?.type === 'json_object' || format?.type === 'json_schema';
}

/**
 * The international site. Content parts of type file, and audio that is no data URI, are refused by the server.
 * cached_tokens and cache_creation_input_tokens are both inside prompt_tokens: taken apart; what was written was asked
 * for by a mark, so that cache_type says no more. Prices step with the prompt's length: the price book's.
 * JSON beside thinking, and thinking of open models in an answer that is no stream, are errors:
 * https://github.com/presenton/presenton/issues/184 · https://github.com/langchain4j/langchain4j/issues/3974
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
    models: [
      { match: /deepseek-v4/, quirks: { reasoning: { ...THINKING, effort: true } } },
      {
        match: OPEN_HYBRID,
        when: (request) => request.stream !== true || wantsJson(request),
        quirks: WITHOUT_THINKING,
      },
      {
        match: /^qwen(?!.*-thinking)/,
        when: (request) => wantsJson(request) && readReasoningWish(request).isOn,
        quirks: WITHOUT_THINKING,
      },
    ],
  },
});
