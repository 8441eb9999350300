import type { ReplyInput } from '../protocol.js';

/** The frames around messages are the provider's own, and not on the bill. */
const FRAME_TOKENS = 4;

/** https://docs.cohere.com/reference/chat */
export function cohereUsage(input: ReplyInput): Record<string, unknown> {
  const { prompt, promptTokens, cacheUse, output } = input;
  const own = prompt.primingTokens + FRAME_TOKENS * prompt.segments.length;
  return {
    billed_units: { input_tokens: Math.max(promptTokens - own, 0), output_tokens: output.total },
    tokens: {
      input_tokens: promptTokens,
      output_tokens: output.total,
      ...(output.reasoning > 0 ? { reasoning_tokens: output.reasoning } : {}),
    },
    ...(cacheUse.read > 0 ? { cached_tokens: cacheUse.read } : {}),
  };
}
