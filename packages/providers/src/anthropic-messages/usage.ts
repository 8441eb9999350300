import type { Usage, UsageBucket } from '@trunkline/contracts';
import { countOf, recordOf } from '../loose-json.js';

/** Counts as they came, the last of each: a later event repeats or corrects an earlier one, and never adds to it. */
export type ClaudeUsage = Record<string, unknown>;

/** Lays later counts over earlier ones; null says nothing. */
export function mergeUsage(earlier: ClaudeUsage, later: unknown): ClaudeUsage {
  if (later === null || typeof later !== 'object') return earlier;
  const merged = { ...earlier };
  for (const [key, value] of Object.entries(later)) if (value !== null) merged[key] = value;
  return merged;
}

/**
 * Anthropic's usage as disjoint buckets. `input_tokens` leaves out what was read from and written to the cache;
 * `output_tokens` includes thinking. Writes are split by lifetime where `cache_creation` says so.
 * https://docs.claude.com/en/docs/build-with-claude/prompt-caching#tracking-cache-performance
 * @returns null where there are no counts
 */
export function usageFromClaude(counts: ClaudeUsage): Usage | null {
  const input = countOf(counts['input_tokens']);
  const output = countOf(counts['output_tokens']);
  if (input === null && output === null) return null;
  const usage: Usage = {};
  set(usage, 'input.text', input ?? 0);
  set(usage, 'cache_read.text', countOf(counts['cache_read_input_tokens']) ?? 0);
  addCacheWrites(usage, counts);
  const thinking = Math.min(
    countOf(recordOf(counts['output_tokens_details'])['thinking_tokens']) ?? 0,
    output ?? 0,
  );
  set(usage, 'reasoning.text', thinking);
  set(usage, 'output.text', (output ?? 0) - thinking);
  set(usage, 'searches', countOf(recordOf(counts['server_tool_use'])['web_search_requests']) ?? 0);
  return usage;
}

/** The total is the newer figure where the two differ: the split may come at the start only. */
function addCacheWrites(usage: Usage, counts: ClaudeUsage): void {
  const split = recordOf(counts['cache_creation']);
  const hour = countOf(split['ephemeral_1h_input_tokens']) ?? 0;
  const minutes = countOf(split['ephemeral_5m_input_tokens']) ?? 0;
  const total = countOf(counts['cache_creation_input_tokens']) ?? hour + minutes;
  const forHour = Math.min(hour, total);
  set(usage, 'cache_write_1h.text', forHour);
  set(usage, 'cache_write_5m.text', total - forHour);
}

function set(usage: Usage, bucket: UsageBucket, units: number): void {
  if (units > 0) usage[bucket] = units;
}
