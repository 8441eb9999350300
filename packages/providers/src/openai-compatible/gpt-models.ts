import type { MessageQuirks, ModelQuirks, Quirks } from './quirks.js';
import { readReasoningWish } from './reasoning.js';
import { OPENAI_STRICT, OPENAI_TOLD } from './strict-schemas.js';
import type { WebSearchQuirk } from './web-search.js';

/** Samplers and OpenRouter's plug-ins: unknown arguments are a 400 here. */
const NOT_GPT = ['top_k', 'min_p', 'top_a', 'repetition_penalty', 'plugins'];

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

const MESSAGES: MessageQuirks = {
  developerRole: true,
  reasoning: 'omit',
  remoteFiles: false,
  longestToolCallId: 40,
};

/** Models that reason take no stop sequences, whatever the effort. */
const NOT_REASONING = [...NOT_GPT, 'stop'];

/**
 * From GPT-5.6 on prompts are cached up to marks.
 * https://developers.openai.com/api/docs/guides/prompt-caching
 */
export function takesBreakpoints(model: string): boolean {
  return CACHED_BY_MARKS.test(model);
}

const CACHED_BY_MARKS = /^gpt-(?:5\.(?:[6-9]|\d\d)|[6-9])(?!.*-chat)/;

/** Where sampling is allowed again while the effort is none, which is the default: from GPT-5.1 on. */
function laterModels(match: RegExp, quirks: Quirks): ModelQuirks[] {
  return [
    {
      match,
      when: (request) => readReasoningWish(request).isOn,
      quirks: { ...quirks, drop: [...NOT_REASONING, ...SAMPLING], reasoning: { effort: true } },
    },
    {
      match,
      quirks: {
        ...quirks,
        drop: NOT_REASONING,
        reasoning: { effort: true, off: { reasoning_effort: 'none' } },
      },
    },
  ];
}

const LATER_MODELS = laterModels(/^gpt-(?:5\.\d|[6-9])(?!.*-chat)/, {});

/**
 * They search before they answer; others search by way of Responses alone.
 * https://developers.openai.com/api/docs/guides/tools-web-search
 */
const SEARCHING = /search-(?:preview|api)/;

/** https://platform.openai.com/docs/api-reference/chat/create#chat-create-web_search_options */
const SEARCH_OPTIONS: WebSearchQuirk = {
  as: 'web_search_options',
  taken: ['search_context_size', 'user_location'],
  write: ({ contextSize, location }) => ({
    web_search_options: {
      ...(contextSize === null ? {} : { search_context_size: contextSize }),
      ...(location === null ? {} : { user_location: { type: 'approximate', approximate: location } }),
    },
  }),
};

/** What the GPT and o-series models refuse and how they call it, wherever they are hosted. */
export const GPT_QUIRKS: Quirks = {
  // Reasoning models refuse max_tokens; all chat models take the newer name.
  tokenLimitField: 'max_completion_tokens',
  drop: NOT_GPT,
  webSearch: 'none',
  schemas: { strict: OPENAI_STRICT, tools: OPENAI_TOLD, wholeObjects: true },
  messages: MESSAGES,
  // https://platform.openai.com/docs/api-reference/chat/create#chat_create-stop
  mostStops: 4,
  // Models that do not reason refuse reasoning_effort.
  reasoning: {},
  models: [
    {
      match: /^o\d/,
      quirks: { drop: [...NOT_REASONING, ...SAMPLING, 'parallel_tool_calls'], reasoning: { effort: true } },
    },
    {
      match: /^gpt-5(?!\.\d)(?!.*-chat)/,
      quirks: { drop: [...NOT_REASONING, ...SAMPLING], reasoning: { effort: true } },
    },
    ...LATER_MODELS,
    { match: SEARCHING, quirks: { drop: [...NOT_GPT, ...SAMPLING, 'n'], webSearch: SEARCH_OPTIONS } },
  ],
};

/** At OpenAI itself, whose marks others have not. */
export const OPENAI_QUIRKS: Quirks = {
  ...GPT_QUIRKS,
  models: [
    ...laterModels(CACHED_BY_MARKS, { messages: { ...MESSAGES, cacheControl: 'breakpoints' } }),
    ...(GPT_QUIRKS.models ?? []),
  ],
};

/** By the maker's names; at Azure by those of the deployments, which are theirs unless chosen otherwise. */
export const GPT_REASONING = {
  reasons: (model: string) => !/^(?:gpt-[34]|chatgpt|computer-use)|-chat/.test(model),
  canStopReasoning: (model: string) => /^gpt-(?:5\.\d|[6-9])(?!.*-(?:pro|codex))/.test(model),
};
