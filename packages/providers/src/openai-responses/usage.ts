import type { Usage } from '@trunkline/contracts';
import { isRecord } from '../loose-json.js';
import { usageFromOpenAi } from '../openai-compatible/usage.js';

/**
 * The usage object of Responses as disjoint buckets; it counts as chat's does, under other names.
 * https://platform.openai.com/docs/api-reference/responses/object#responses/object-usage
 * @param tools what built-in tools did, which OpenAI's object does not count
 * @returns null where there are no counts
 */
export function usageFromResponses(value: unknown, tools: Usage): Usage | null {
  if (!isRecord(value)) return null;
  const usage = usageFromOpenAi({
    prompt_tokens: value['input_tokens'],
    completion_tokens: value['output_tokens'],
    total_tokens: value['total_tokens'],
    prompt_tokens_details: value['input_tokens_details'],
    completion_tokens_details: value['output_tokens_details'],
    server_side_tool_usage_details: value['server_side_tool_usage_details'],
  });
  // What the object counts after all counts.
  return usage && { ...tools, ...usage };
}
