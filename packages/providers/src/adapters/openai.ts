import { defineOpenAiCompatible } from '../openai-compatible/index.js';
import type { Quirks } from '../openai-compatible/quirks.js';
import { readReasoningWish } from '../openai-compatible/reasoning.js';
import { defineResponses } from '../openai-responses/index.js';
import type { ProviderAdapter } from '../types.js';

/** Samplers and OpenRouter's plug-ins: unknown arguments are a 400 here. */
const NOT_OPENAI = ['top_k', 'min_p', 'top_a', 'repetition_penalty', 'plugins'];

/** What models that reason refuse. */
const SAMPLING = [
  'temperature',
  'top_p',
  'presence_penalty',
  'frequency_penalty',
  'logit_bias',
  'logprobs',
  'top_logprobs',
];

/** What its models refuse and how they call it, wherever they are hosted. */
export const OPENAI_QUIRKS: Quirks = {
  // Reasoning models refuse max_tokens; all chat models take the newer name.
  tokenLimitField: 'max_completion_tokens',
  drop: NOT_OPENAI,
  messages: { developerRole: true, reasoning: 'omit' },
  // Models that do not reason refuse reasoning_effort.
  reasoning: {},
  models: [
    {
      match: /^(?:o\d|gpt-5(?!\.\d)(?!.*-chat))/,
      quirks: { drop: [...NOT_OPENAI, ...SAMPLING], reasoning: { effort: true } },
    },
    {
      // From GPT-5.1 on sampling is allowed again where the effort is none, which is their default.
      match: /^gpt-(?:5\.\d|[6-9])(?!.*-chat)/,
      when: (request) => readReasoningWish(request).isOn,
      quirks: { drop: [...NOT_OPENAI, ...SAMPLING], reasoning: { effort: true } },
    },
    {
      match: /^gpt-(?:5\.\d|[6-9])(?!.*-chat)/,
      quirks: { reasoning: { effort: true, off: { reasoning_effort: 'none' } } },
    },
    { match: /search-preview/, quirks: { drop: [...NOT_OPENAI, ...SAMPLING, 'n'] } },
  ],
};

/** By the maker's names; at Azure by those of the deployments, which are theirs unless chosen otherwise. */
export const OPENAI_REASONING = {
  reasons: (model: string) => !/^(?:gpt-[34]|chatgpt|computer-use)|-chat/.test(model),
  canStopReasoning: (model: string) => /^gpt-(?:5\.\d|[6-9])(?!.*-(?:pro|codex))/.test(model),
};

/**
 * The reference. `retry-after-ms`, the 429 that means "no money" and the usage chunk with empty choices are handled for
 * all providers; a price step by prompt length is the price book's; prompt_cache_key and prompt_cache_options pass.
 * https://github.com/openai/openai-openapi · https://github.com/vercel/ai/tree/main/packages/openai/src/chat
 */
export const openai: ProviderAdapter = {
  ...defineOpenAiCompatible({
    id: 'openai',
    name: 'OpenAI',
    baseUrl: 'https://api.openai.com/v1',
    docsUrl: 'https://platform.openai.com/docs/api-reference/chat/create',
    quirks: OPENAI_QUIRKS,
  }),
  chatVia: { responses: defineResponses({ ...OPENAI_REASONING, reasoningFormat: 'openai-responses-v1' }) },
};
