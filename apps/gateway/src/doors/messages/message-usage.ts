import { completionTokens, toldTokens, tokensOf, type Usage } from '@trunkline/contracts';
import type { UsageObject } from '../../billing/usage-object.js';

export interface MessageUsage {
  /** Neither read from nor written to a cache. */
  input_tokens: number;
  cache_creation_input_tokens: number;
  cache_read_input_tokens: number;
  cache_creation: { ephemeral_5m_input_tokens: number; ephemeral_1h_input_tokens: number };
  /** Thinking included. */
  output_tokens: number;
  output_tokens_details: { thinking_tokens: number };
  server_tool_use: { web_search_requests: number } | null;
}

/**
 * Usage as Anthropic counts: the three of the prompt are disjoint. Always printed from the buckets.
 * https://platform.claude.com/docs/en/build-with-claude/prompt-caching#tracking-cache-performance
 */
export function messageUsage(usage: Usage): MessageUsage {
  const minutes = tokensOf(usage, 'cache_write_5m');
  const hour = tokensOf(usage, 'cache_write_1h');
  const searches = usage.searches ?? 0;
  return {
    input_tokens: tokensOf(usage, 'input'),
    cache_creation_input_tokens: minutes + hour,
    cache_read_input_tokens: tokensOf(usage, 'cache_read'),
    cache_creation: { ephemeral_5m_input_tokens: minutes, ephemeral_1h_input_tokens: hour },
    output_tokens: completionTokens(usage),
    output_tokens_details: { thinking_tokens: toldTokens(usage, 'reasoning') },
    server_tool_use: searches > 0 ? { web_search_requests: searches } : null,
  };
}

/** The same with what it costs the customer. */
export function paidUsage(
  usage: Usage,
  { cost, cost_details, is_byok }: UsageObject,
): MessageUsage & Pick<UsageObject, 'cost' | 'cost_details' | 'is_byok'> {
  return { ...messageUsage(usage), cost, cost_details, is_byok };
}
