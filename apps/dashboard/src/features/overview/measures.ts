import type { Schemas } from '@/lib/api';
import { shortUsd } from '@/lib/format-money';
import { durationText, shortCount } from '@/lib/format-number';

type Measures = Schemas['UsageMeasures'];

/** What a chart can show. */
export const CHART_MEASURES = ['spend', 'requests', 'tokens', 'errors', 'first-token', 'duration'] as const;
export type ChartMeasure = (typeof CHART_MEASURES)[number];

interface MeasureWords {
  label: string;
  kind: 'stack' | 'lines';
  /** For drawing alone: an amount of money becomes a float of dollars here and nowhere else. */
  value: (measures: Measures) => number | null;
  say: (value: number) => string;
}

/** Dollars of an axis; exact amounts are formatted from their digits. */
function axisUsd(dollars: number): string {
  return shortUsd(BigInt(Math.round(dollars * 1_000_000_000)));
}

export const MEASURES: Readonly<Record<ChartMeasure, MeasureWords>> = {
  spend: {
    label: 'Spend',
    kind: 'stack',
    value: ({ costNanoUsd }) => Number(costNanoUsd) / 1_000_000_000,
    say: axisUsd,
  },
  requests: { label: 'Requests', kind: 'stack', value: ({ calls }) => calls, say: shortCount },
  tokens: {
    label: 'Tokens',
    kind: 'stack',
    value: ({ promptTokens, completionTokens }) => promptTokens + completionTokens,
    say: shortCount,
  },
  errors: { label: 'Errors', kind: 'stack', value: ({ errors }) => errors, say: shortCount },
  'first-token': {
    label: 'First token, p50',
    kind: 'lines',
    value: ({ firstTokenP50Ms }) => firstTokenP50Ms,
    say: durationText,
  },
  duration: {
    label: 'Duration, p50',
    kind: 'lines',
    value: ({ durationP50Ms }) => durationP50Ms,
    say: durationText,
  },
};
