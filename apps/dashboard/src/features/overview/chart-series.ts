import type { Series } from '@/components/chart/chart';
import type { Schemas } from '@/lib/api';
import { clockText, dayText, momentText } from '@/lib/format-time';
import { groupColour, lineColour } from '@/lib/provider-line';
import type { SeriesDimension } from './api/usage-series-query';
import { MEASURES, type ChartMeasure } from './measures';

type UsageSeries = Schemas['UsageSeries'];

const OTHER = 'other';

function colourOf(by: SeriesDimension, groupId: string, place: number): string {
  if (groupId === OTHER || groupId === '') return 'var(--ink-faint)';
  return by === 'provider' ? lineColour(groupId) : groupColour(place);
}

const MISSING: Readonly<Record<SeriesDimension, string>> = {
  provider: 'no provider',
  model: 'no model',
  key: 'playground',
  project: 'no project',
};

/** A group's name; rows that have no such thing are named after what that means. */
export function groupLabel(by: SeriesDimension, group: { id: string; label: string }): string {
  if (group.id === '' || group.id.startsWith('00000000-')) return MISSING[by];
  // A provider is called by its id wherever its line is drawn.
  return by === 'provider' ? group.id : group.label || group.id;
}

/** The answer as lines of a chart: one value per group and interval. */
export function chartSeries(usage: UsageSeries, by: SeriesDimension, measure: ChartMeasure): Series[] {
  const { value, kind } = MEASURES[measure];
  const places = new Map(usage.starts.map((start, place) => [Date.parse(start), place]));
  const values = new Map(usage.groups.map(({ id }) => [id, usage.starts.map((): number | null => null)]));
  for (const point of usage.points) {
    const place = places.get(Date.parse(point.start));
    const row = values.get(point.groupId);
    if (row && place !== undefined) row[place] = value(point);
  }
  return usage.groups.map((group, place) => ({
    id: group.id,
    label: groupLabel(by, group),
    colour: colourOf(by, group.id, place),
    values: (values.get(group.id) ?? []).map((one) => (one === null && kind === 'stack' ? 0 : one)),
  }));
}

/** What stands under the axis: days, or hours. */
export function intervalLabels(usage: UsageSeries, timeZone: string): string[] {
  const longerThanADay = Date.parse(usage.to) - Date.parse(usage.from) > 86_400_000 * 1.5;
  return usage.starts.map((start) => {
    const time = new Date(start);
    if (usage.interval === 'day') return dayText(time, timeZone);
    return longerThanADay ? momentText(time, timeZone) : clockText(time, timeZone);
  });
}
