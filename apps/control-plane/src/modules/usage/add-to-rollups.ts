import { LATENCY_BOUNDS_MS, latencyBucket } from '@trunkline/contracts';
import type { SqlConnection } from '@trunkline/prisma';
import type { UsageCall } from './read-usage-record.js';

/** Length of a rollup's bucket. */
export const ROLLUP_MS = 15 * 60 * 1000;
const NIL_UUID = '00000000-0000-0000-0000-000000000000';

const SUMS = [
  ...[
    'calls',
    'errors',
    'failed_over',
    'prompt_tokens',
    'completion_tokens',
    'cached_tokens',
    'reasoning_tokens',
  ],
  ...['cost_nano_usd', 'provider_cost_nano_usd', 'duration_ms_sum'],
] as const;
const HISTOGRAMS = ['first_token_histogram', 'duration_histogram'] as const;
const KEYS = {
  bucket_start: 'timestamptz',
  organization_id: 'uuid',
  project_id: 'uuid',
  key_id: 'uuid',
  member_id: 'uuid',
  model_id: 'text',
  provider_id: 'text',
} as const;

const keyNames = Object.keys(KEYS).join(', ');
const columns = [...Object.keys(KEYS), ...SUMS, ...HISTOGRAMS];
// In the order of the key: two batches that add to the same rows never wait for each other in a circle.
const UPSERT = `
  INSERT INTO usage_rollup AS kept (${columns.join(', ')})
  SELECT ${columns.join(', ')} FROM json_to_recordset($1) AS row (
    ${Object.entries(KEYS)
      .map(([name, type]) => `${name} ${type}`)
      .join(', ')},
    ${SUMS.map((name) => `${name} bigint`).join(', ')}, ${HISTOGRAMS.map((name) => `${name} bigint[]`).join(', ')})
  ORDER BY ${keyNames}
  ON CONFLICT (${keyNames}) DO UPDATE SET
    ${SUMS.map((name) => `${name} = kept.${name} + excluded.${name}`).join(', ')},
    ${HISTOGRAMS.map((name) => `${name} = add_counts(kept.${name}, excluded.${name})`).join(', ')}`;

interface Rollup {
  keys: Record<keyof typeof KEYS, string | Date>;
  sums: Record<(typeof SUMS)[number], bigint>;
  histograms: Record<(typeof HISTOGRAMS)[number], number[]>;
}

/** Adds calls to the sums of their 15 minutes, by organization, project, key, member, model and provider. */
export async function addToRollups(client: SqlConnection, calls: readonly UsageCall[]): Promise<void> {
  const rollups = new Map<string, Rollup>();
  for (const call of calls) {
    const keys = keysOf(call);
    const name = Object.values(keys).map(String).join('\n');
    let rollup = rollups.get(name);
    if (!rollup) rollups.set(name, (rollup = emptyRollup(keys)));
    add(rollup, call);
  }
  if (rollups.size === 0) return;
  const rows = [...rollups.values()].map(({ keys, sums, histograms }) => ({
    ...keys,
    ...Object.fromEntries(Object.entries(sums).map(([name, sum]) => [name, sum.toString()])),
    ...histograms,
  }));
  await client.query(UPSERT, [JSON.stringify(rows)]);
}

function keysOf({ record, createdAt }: UsageCall): Rollup['keys'] {
  return {
    bucket_start: new Date(Math.floor(createdAt.getTime() / ROLLUP_MS) * ROLLUP_MS),
    organization_id: record.organizationId,
    project_id: record.projectId,
    key_id: record.keyId ?? NIL_UUID,
    member_id: record.memberId ?? NIL_UUID,
    model_id: record.modelId ?? '',
    provider_id: record.providerId ?? '',
  };
}

function emptyRollup(keys: Rollup['keys']): Rollup {
  const counts = () => Array.from({ length: LATENCY_BOUNDS_MS.length + 1 }, () => 0);
  return {
    keys,
    sums: Object.fromEntries(SUMS.map((name) => [name, 0n])) as Rollup['sums'],
    histograms: { first_token_histogram: counts(), duration_histogram: counts() },
  };
}

function add({ sums, histograms }: Rollup, { record, costNanoUsd, providerCostNanoUsd }: UsageCall): void {
  const answered = record.status < 400;
  sums.calls += 1n;
  if (!answered) sums.errors += 1n;
  if (answered && record.attempts.some((attempt) => attempt.outcome !== 'success')) sums.failed_over += 1n;
  sums.prompt_tokens += BigInt(record.promptTokens);
  sums.completion_tokens += BigInt(record.completionTokens);
  sums.cached_tokens += BigInt(record.cachedTokens);
  sums.reasoning_tokens += BigInt(record.reasoningTokens);
  sums.cost_nano_usd += costNanoUsd;
  sums.provider_cost_nano_usd += providerCostNanoUsd;
  sums.duration_ms_sum += BigInt(record.durationMs);
  count(histograms.duration_histogram, record.durationMs);
  if (record.firstTokenMs !== null) count(histograms.first_token_histogram, record.firstTokenMs);
}

function count(histogram: number[], latencyMs: number): void {
  const place = latencyBucket(latencyMs);
  histogram[place] = (histogram[place] ?? 0) + 1;
}
