import type { ReplyInput } from '../protocol.js';

/** Usage as a whole answer or `message_start` carries it; `input_tokens` leaves out what a cache read or wrote. */
export function messageUsage(input: ReplyInput, outputTokens: number): Record<string, unknown> {
  const { cacheUse } = input;
  return {
    ...inputCounters(input),
    cache_creation: {
      ephemeral_5m_input_tokens: cacheUse.written5m,
      ephemeral_1h_input_tokens: cacheUse.written1h,
    },
    output_tokens: outputTokens,
    service_tier: 'standard',
    inference_geo: 'not_available',
  };
}

/** Usage as `message_delta` carries it: cumulative. */
export function deltaUsage(input: ReplyInput): Record<string, unknown> {
  return { ...inputCounters(input), output_tokens: input.output.total, ...thinkingDetails(input) };
}

export function thinkingDetails({ output }: ReplyInput): Record<string, unknown> {
  return output.reasoning > 0 ? { output_tokens_details: { thinking_tokens: output.reasoning } } : {};
}

function inputCounters({ promptTokens, cacheUse }: ReplyInput): Record<string, number> {
  const written = cacheUse.written5m + cacheUse.written1h;
  return {
    input_tokens: promptTokens - cacheUse.read - written,
    cache_creation_input_tokens: written,
    cache_read_input_tokens: cacheUse.read,
  };
}
