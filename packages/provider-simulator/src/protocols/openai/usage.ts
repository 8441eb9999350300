import type { ReplyInput } from '../protocol.js';

// A provider that names a cost names some cost: $1 per million tokens, in USD.
const USD_PER_TOKEN = 0.000_001;

/** The usage object. https://platform.openai.com/docs/api-reference/chat/object#chat/object-usage */
export function openAiUsage({
  profile,
  promptTokens,
  cacheUse,
  output,
}: ReplyInput): Record<string, unknown> {
  const total = promptTokens + output.total;
  return {
    prompt_tokens: promptTokens,
    completion_tokens: output.total,
    total_tokens: total,
    prompt_tokens_details: { cached_tokens: cacheUse.read, audio_tokens: 0 },
    completion_tokens_details: {
      reasoning_tokens: output.reasoning,
      audio_tokens: 0,
      accepted_prediction_tokens: 0,
      rejected_prediction_tokens: 0,
    },
    ...(profile.cacheCounters === 'deepseek'
      ? { prompt_cache_hit_tokens: cacheUse.read, prompt_cache_miss_tokens: promptTokens - cacheUse.read }
      : {}),
    ...(profile.reportsCost ? { cost: total * USD_PER_TOKEN, is_byok: false } : {}),
  };
}
