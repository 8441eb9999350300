import {
  type AttemptRecord,
  HEALTH_OF_OUTCOME,
  histogramPlace,
  LATENCY_BOUNDS_MS,
  THROUGHPUT_BOUNDS,
} from '@trunkline/contracts';
import type { SqlConnection } from '@trunkline/prisma';
import type { UsageCall } from './read-usage-record.js';

/** Buckets of a minute tell the last hour, those of a quarter of an hour the last day. */
const SPANS_SECONDS = [60, 900] as const;
/** Fewer tokens in less time measure the network. */
const LEAST_TOKENS = 5;
const LEAST_WRITING_MS = 20;

const CONNECT_MS = 1_000;
const GAP_MS = 5_000;
const FIRST_TOKEN_MS = 5_000;
const WHOLE_MS = 10_000;

const COLUMNS = {
  span_seconds: 'integer',
  bucket_start: 'timestamptz',
  entry_id: 'uuid',
  provider_id: 'text',
  model_id: 'text',
  succeeded: 'bigint',
  down: 'bigint',
  refused: 'bigint',
  first_token_histogram: 'bigint[]',
  throughput_histogram: 'bigint[]',
} as const;
const KEY = 'span_seconds, bucket_start, provider_id, model_id';
const COUNTS = ['succeeded', 'down', 'refused'] as const;
const HISTOGRAMS = ['first_token_histogram', 'throughput_histogram'] as const;

/** A histogram of several entries' rows, place by place. */
const summed = (column: string, places: number) =>
  `ARRAY[${Array.from({ length: places }, (_, place) => `sum(${column}[${place + 1}])::bigint`).join(', ')}]`;

// Entries of tenants are theirs: what happens there says nothing of ours. In the order of the key, so that two batches
// never wait for each other in a circle.
const UPSERT = `
  INSERT INTO attempt_rollup AS kept (${KEY}, ${COUNTS.join(', ')}, ${HISTOGRAMS.join(', ')})
  SELECT ${KEY}, ${COUNTS.map((name) => `sum(${name})`).join(', ')},
    ${summed('first_token_histogram', LATENCY_BOUNDS_MS.length + 1)},
    ${summed('throughput_histogram', THROUGHPUT_BOUNDS.length + 1)}
  FROM json_to_recordset($1) AS row (${Object.entries(COLUMNS)
    .map(([name, type]) => `${name} ${type}`)
    .join(', ')})
  WHERE EXISTS (SELECT FROM provider_entry e WHERE e.id = row.entry_id AND e.organization_id IS NULL)
  GROUP BY ${KEY} ORDER BY ${KEY}
  ON CONFLICT (${KEY}) DO UPDATE SET
    ${COUNTS.map((name) => `${name} = kept.${name} + excluded.${name}`).join(', ')},
    ${HISTOGRAMS.map((name) => `${name} = add_counts(kept.${name}, excluded.${name})`).join(', ')}`;

interface Row {
  span_seconds: number;
  bucket_start: Date;
  entry_id: string;
  provider_id: string;
  model_id: string;
  succeeded: number;
  down: number;
  refused: number;
  first_token_histogram: number[];
  throughput_histogram: number[];
}

/** Adds every attempt of the calls, of failed calls too, to the health of its provider's model. */
export async function addToAttemptRollups(client: SqlConnection, calls: readonly UsageCall[]): Promise<void> {
  const rows = new Map<string, Row>();
  for (const call of calls) {
    for (const attempt of call.record.attempts) {
      const says = HEALTH_OF_OUTCOME[attempt.outcome];
      if (attempt.outcome === 'timeout' && isHasty(attempt, call.record.stream)) continue;
      // Which names a provider without a list knows, is no matter of its health.
      if (says === 'nothing' || (isUnlisted(attempt) && attempt.outcome === 'model_unavailable')) continue;
      for (const span of SPANS_SECONDS) {
        const row = rowOf(rows, call, attempt, span);
        row[says === 'ok' ? 'succeeded' : says] += 1;
        if (call.record.stream) measure(row, call, attempt);
      }
    }
  }
  if (rows.size > 0) await client.query(UPSERT, [JSON.stringify([...rows.values()])]);
}

function rowOf(rows: Map<string, Row>, call: UsageCall, attempt: AttemptRecord, span: number): Row {
  const spanMs = span * 1000;
  const atMs = call.createdAt.getTime() + attempt.startedMs;
  const bucketMs = Math.floor(atMs / spanMs) * spanMs;
  const modelId = modelOf(attempt);
  const name = [span, bucketMs, attempt.entryId, attempt.providerId, modelId].join('\n');
  const known = rows.get(name);
  if (known) return known;
  const row = {
    span_seconds: span,
    bucket_start: new Date(bucketMs),
    entry_id: attempt.entryId,
    provider_id: attempt.providerId,
    model_id: modelId,
    succeeded: 0,
    down: 0,
    refused: 0,
    first_token_histogram: zeros(LATENCY_BOUNDS_MS.length + 1),
    throughput_histogram: zeros(THROUGHPUT_BOUNDS.length + 1),
  };
  rows.set(name, row);
  return row;
}

/** An offer's id is `<model id>@<provider id>`; of a provider without a list one stands for every name. */
function modelOf({ offerId }: AttemptRecord): string {
  return offerId.slice(0, offerId.lastIndexOf('@'));
}

function isUnlisted(attempt: AttemptRecord): boolean {
  return modelOf(attempt).endsWith('/*');
}

/** A client with a short clock of its own says nothing of the provider. docs/failover.md: which time-outs count. */
function isHasty({ clock, durationMs, firstTokenMs }: AttemptRecord, stream: boolean): boolean {
  switch (clock) {
    case 'connect':
      return durationMs < CONNECT_MS;
    case 'gap':
      return durationMs - (firstTokenMs ?? 0) < GAP_MS;
    case 'total':
    case 'headers':
    case 'first_token':
      return firstTokenMs !== null || durationMs < (stream ? FIRST_TOKEN_MS : WHOLE_MS);
    case null:
      return false;
  }
}

/** How fast a stream began and went on, also one that broke off later. */
function measure(row: Row, { record }: UsageCall, attempt: AttemptRecord): void {
  const { firstTokenMs, durationMs } = attempt;
  if (firstTokenMs === null) return;
  count(row.first_token_histogram, LATENCY_BOUNDS_MS, firstTokenMs);
  let tokens = 0;
  for (const line of record.lines)
    if (line.attempt === attempt.number && WRITTEN.has(line.bucket)) tokens += line.units;
  const writingMs = durationMs - firstTokenMs;
  if (tokens < LEAST_TOKENS || writingMs < LEAST_WRITING_MS) return;
  count(row.throughput_histogram, THROUGHPUT_BOUNDS, (tokens * 1000) / writingMs);
}

const WRITTEN: ReadonlySet<string> = new Set(['output.text', 'reasoning.text']);

function count(histogram: number[], bounds: readonly number[], value: number): void {
  const place = histogramPlace(bounds, value);
  histogram[place] = (histogram[place] ?? 0) + 1;
}

function zeros(length: number): number[] {
  return Array.from({ length }, () => 0);
}
