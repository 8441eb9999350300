import {
  completionTokens,
  promptTokens,
  tokensOf,
  toldTokens,
  toUsdNumber,
  type Usage,
  type UsageLine,
} from '@trunkline/contracts';

/**
 * The `usage` object that clients read: OpenAI's, with OpenRouter's cost beside it, printed from the buckets. Always
 * ours, also where a provider sent one.
 * https://platform.openai.com/docs/api-reference/chat/object · https://openrouter.ai/docs/use-cases/usage-accounting
 */
export interface UsageObject {
  prompt_tokens: number;
  completion_tokens: number;
  total_tokens: number;
  prompt_tokens_details: { cached_tokens: number; cache_write_tokens: number; audio_tokens: number };
  completion_tokens_details: { reasoning_tokens: number; audio_tokens: number };
  /** US dollars: what this call costs its customer. */
  cost: number;
  /** The tenant's own credential was used. */
  is_byok: boolean;
  cost_details: {
    /** What the provider charges the tenant directly; null where the platform's credential was used. */
    upstream_inference_cost: number | null;
    upstream_inference_prompt_cost: number;
    upstream_inference_completions_cost: number;
  };
}

export interface CallCosts {
  readonly costNanoUsd: bigint;
  readonly ownKeyCostNanoUsd: bigint | null;
  /** From these `cost_details` tells prompt and answer apart. */
  readonly lines: readonly UsageLine[];
}

export function usageObject(usage: Usage, { costNanoUsd, ownKeyCostNanoUsd, lines }: CallCosts): UsageObject {
  const prompt = promptTokens(usage);
  const completion = completionTokens(usage);
  const answerCost = costOfAnswer(lines);
  return {
    prompt_tokens: prompt,
    completion_tokens: completion,
    total_tokens: prompt + completion,
    prompt_tokens_details: {
      cached_tokens: toldTokens(usage, 'cache_read'),
      cache_write_tokens: tokensOf(usage, 'cache_write_5m') + tokensOf(usage, 'cache_write_1h'),
      audio_tokens: (usage['input.audio'] ?? 0) + (usage['cache_read.audio'] ?? 0),
    },
    completion_tokens_details: {
      reasoning_tokens: toldTokens(usage, 'reasoning'),
      audio_tokens: usage['output.audio'] ?? 0,
    },
    cost: toUsdNumber(costNanoUsd),
    is_byok: ownKeyCostNanoUsd !== null,
    cost_details: {
      upstream_inference_cost: ownKeyCostNanoUsd === null ? null : toUsdNumber(ownKeyCostNanoUsd),
      upstream_inference_prompt_cost: toUsdNumber(costNanoUsd - answerCost),
      upstream_inference_completions_cost: toUsdNumber(answerCost),
    },
  };
}

function costOfAnswer(lines: readonly UsageLine[]): bigint {
  let sum = 0n;
  for (const line of lines) {
    if (line.bucket.startsWith('output.') || line.bucket.startsWith('reasoning.'))
      sum += BigInt(line.costNanoUsd);
  }
  return sum;
}
