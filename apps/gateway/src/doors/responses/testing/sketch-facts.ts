import type { AnswerFacts } from '../../chat-door.js';

/** What is known at the end of an answer of seven tokens for half a dollar. */
export function sketchFacts(facts: Partial<AnswerFacts> = {}): AnswerFacts {
  return {
    id: 'chatcmpl-1',
    requestId: 'r',
    createdSeconds: 7,
    model: 'm',
    finishReason: 'stop',
    usage: {},
    usageObject: {
      prompt_tokens: 3,
      completion_tokens: 4,
      total_tokens: 7,
      prompt_tokens_details: { cached_tokens: 1, cache_write_tokens: 0, audio_tokens: 0 },
      completion_tokens_details: { reasoning_tokens: 2, audio_tokens: 0 },
      cost: 0.5,
      is_byok: false,
      cost_details: {
        upstream_inference_cost: null,
        upstream_inference_prompt_cost: 0.2,
        upstream_inference_completions_cost: 0.3,
      },
    },
    additions: {
      provider: 'p',
      trunkline: {
        attempts: [],
        rescued: false,
        dropped: [],
        cache: 'off',
        route: { model: 'm', provider: 'p', reason: 'r' },
      },
    },
    ...facts,
  };
}
