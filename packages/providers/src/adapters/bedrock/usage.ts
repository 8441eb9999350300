import type { Usage, UsageBucket } from '@trunkline/contracts';
import { countOf, isRecord, recordOf } from '../../loose-json.js';

/**
 * Converse's usage as disjoint buckets. `inputTokens` leaves out what was read from and written to the cache; reasoning is
 * part of `outputTokens` and not told apart. Writes are split by lifetime where `cacheDetails` says so.
 * https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_TokenUsage.html
 * @returns null where there are no counts
 */
export function usageFromConverse(counts: unknown): Usage | null {
  if (!isRecord(counts)) return null;
  const input = countOf(counts['inputTokens']);
  const output = countOf(counts['outputTokens']);
  if (input === null && output === null) return null;
  const usage: Usage = {};
  set(usage, 'input.text', input ?? 0);
  set(usage, 'cache_read.text', countOf(counts['cacheReadInputTokens']) ?? 0);
  const hour = writtenForHour(counts['cacheDetails']);
  const written = countOf(counts['cacheWriteInputTokens']) ?? 0;
  set(usage, 'cache_write_1h.text', Math.min(hour, written));
  set(usage, 'cache_write_5m.text', written - Math.min(hour, written));
  set(usage, 'output.text', output ?? 0);
  return usage;
}

function writtenForHour(details: unknown): number {
  if (!Array.isArray(details)) return 0;
  return (details as unknown[])
    .map(recordOf)
    .filter(({ ttl }) => ttl === '1h')
    .reduce((sum, { inputTokens }) => sum + (countOf(inputTokens) ?? 0), 0);
}

function set(usage: Usage, bucket: UsageBucket, units: number): void {
  if (units > 0) usage[bucket] = units;
}
