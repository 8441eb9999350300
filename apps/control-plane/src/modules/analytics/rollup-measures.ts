import { LATENCY_BOUNDS_MS, latencyQuantile } from '@trunkline/contracts';
import type { UsageMeasures } from '@trunkline/contracts/control-plane';

const COUNTS = LATENCY_BOUNDS_MS.length + 1;
const sumOfHistogram = (column: string) =>
  `ARRAY[${Array.from({ length: COUNTS }, (_, index) => `coalesce(sum(${column}[${index + 1}]), 0)::bigint`).join(', ')}]`;
const sumOf = (column: string) => `coalesce(sum(${column}), 0)::bigint AS ${column}`;

/** Sums of `usage_rollup`, histograms bound by bound. */
export const MEASURE_COLUMNS = [
  ...['calls', 'errors', 'failed_over', 'prompt_tokens', 'completion_tokens'].map(sumOf),
  ...['cached_tokens', 'reasoning_tokens', 'cost_nano_usd'].map(sumOf),
  `${sumOfHistogram('first_token_histogram')} AS first_token_histogram`,
  `${sumOfHistogram('duration_histogram')} AS duration_histogram`,
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

function quantile(histogram: readonly bigint[], share: number): number | null {
  const value = latencyQuantile(histogram.map(BigInt), share);
  return value === null ? null : Math.round(value * 10) / 10;
}
