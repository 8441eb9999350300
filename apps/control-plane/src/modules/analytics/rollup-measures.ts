import { LATENCY_BOUNDS_MS, latencyQuantile } from '@trunkline/contracts';
import type { UsageMeasures } from '@trunkline/contracts/control-plane';

const COUNTS = LATENCY_BOUNDS_MS.length + 1;

/** Counts of a quarter of an hour fit into four bytes, whose sum is several times faster than that of eight. */
const sumOfCounts = (column: string) => `coalesce(sum(${column}::int4), 0)::int8`;
const sumOfHistogram = (column: string) =>
  `ARRAY[${Array.from({ length: COUNTS }, (_, index) => sumOfCounts(`${column}[${index + 1}]`)).join(', ')}] AS ${column}`;

/** Sums of `usage_rollup`, histograms bound by bound. */
export const MEASURE_COLUMNS = [
  ...['calls', 'errors', 'failed_over'].map((column) => `${sumOfCounts(column)} AS ${column}`),
  ...['prompt_tokens', 'completion_tokens', 'cached_tokens', 'reasoning_tokens', 'cost_nano_usd'].map(
    (column) => `coalesce(sum(${column}), 0)::int8 AS ${column}`,
  ),
  ...['first_token_histogram', 'duration_histogram'].map(sumOfHistogram),
].join(',\n  ');

/** A row of {@link MEASURE_COLUMNS}. */
export interface MeasureRow {
  calls: bigint;
  errors: bigint;
  failed_over: bigint;
  prompt_tokens: bigint;
  completion_tokens: bigint;
  cached_tokens: bigint;
  reasoning_tokens: bigint;
  cost_nano_usd: bigint;
  first_token_histogram: bigint[];
  duration_histogram: bigint[];
}

export function toMeasures(row: MeasureRow): UsageMeasures {
  return {
    calls: Number(row.calls),
    errors: Number(row.errors),
    failedOver: Number(row.failed_over),
    promptTokens: Number(row.prompt_tokens),
    completionTokens: Number(row.completion_tokens),
    cachedTokens: Number(row.cached_tokens),
    reasoningTokens: Number(row.reasoning_tokens),
    costNanoUsd: row.cost_nano_usd.toString(),
    firstTokenP50Ms: quantile(row.first_token_histogram, 0.5),
    firstTokenP95Ms: quantile(row.first_token_histogram, 0.95),
    durationP50Ms: quantile(row.duration_histogram, 0.5),
    durationP95Ms: quantile(row.duration_histogram, 0.95),
  };
}

/** Sum of sums. */
export function addMeasures(left: MeasureRow, right: MeasureRow): MeasureRow {
  const histogram = (a: readonly bigint[], b: readonly bigint[]) =>
    a.map((count, index) => count + (b[index] ?? 0n));
  return {
    calls: left.calls + right.calls,
    errors: left.errors + right.errors,
    failed_over: left.failed_over + right.failed_over,
    prompt_tokens: left.prompt_tokens + right.prompt_tokens,
    completion_tokens: left.completion_tokens + right.completion_tokens,
    cached_tokens: left.cached_tokens + right.cached_tokens,
    reasoning_tokens: left.reasoning_tokens + right.reasoning_tokens,
    cost_nano_usd: left.cost_nano_usd + right.cost_nano_usd,
    first_token_histogram: histogram(left.first_token_histogram, right.first_token_histogram),
    duration_histogram: histogram(left.duration_histogram, right.duration_histogram),
  };
}

function quantile(histogram: readonly bigint[], share: number): number | null {
  const value = latencyQuantile(histogram, share);
  return value === null ? null : Math.round(value * 10) / 10;
}
