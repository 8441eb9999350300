import type { Quirks } from './quirks.js';

/** What Mistral's own servers refuse and how they call it, wherever they stand. https://docs.mistral.ai/api/ */
export const MISTRAL_QUIRKS: Quirks = {
  customTools: 'as-functions',
  tokenLimitField: 'max_tokens',
  maxTemperature: 1.5,
  rename: { seed: 'random_seed' },
  drop: ['top_k', 'min_p', 'top_a', 'repetition_penalty', 'logit_bias', 'logprobs', 'top_logprobs', 'user'],
  // With `none` and tools in the request the answers come out garbled.
  toolChoice: { required: 'any', none: 'without-tools' },
  messages: {
    emptyAssistant: false,
    nineCharacterToolCallIds: true,
    prefixedAnswer: true,
    reasoning: 'thinking-part',
    media: 'mistral',
  },
  reasoning: {
    effort: true,
    // It knows none and high.
    effortNames: { minimal: 'high', low: 'high', medium: 'high', xhigh: 'high', max: 'high' },
    off: { reasoning_effort: 'none' },
  },
};
