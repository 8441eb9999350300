import { createLoader, parseAsStringLiteral } from 'nuqs/server';
import { SERIES_DIMENSIONS } from './api/usage-series-query';
import { CHART_MEASURES } from './measures';

const measure = parseAsStringLiteral(CHART_MEASURES);
const by = parseAsStringLiteral(SERIES_DIMENSIONS);

export const overviewParams = {
  measure: measure.withDefault('spend'),
  by: by.withDefault('model'),
  measure2: measure.withDefault('requests'),
  by2: by.withDefault('provider'),
};

export const loadOverviewParams = createLoader(overviewParams);

export type ChartPlace = 'left' | 'right';

/** Names and parsers of a chart's choices in the URL. */
export const chartParams = {
  left: { measureKey: 'measure', byKey: 'by', measure: overviewParams.measure, by: overviewParams.by },
  right: { measureKey: 'measure2', byKey: 'by2', measure: overviewParams.measure2, by: overviewParams.by2 },
} as const;
