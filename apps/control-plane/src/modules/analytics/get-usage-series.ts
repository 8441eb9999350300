import type { UsageInterval, UsageSeries, UsageSeriesQuery } from '@trunkline/contracts/control-plane';
import { Prisma } from '@trunkline/prisma';
import type { Database } from '../../database/database.module.js';
import type { MemberActor } from '../../http/actor.js';
import { invalidField } from '../../http/api-error.js';
import { dimensionLabels, OTHER } from './dimension-labels.js';
import { rollupQuery } from './rollup-query.js';
import { addMeasures, MEASURE_COLUMNS, type MeasureRow, toMeasures } from './rollup-measures.js';
import {
  DIMENSION_COLUMNS,
  intervalOf,
  rollupConditions,
  type UsageRange,
  usageRange,
} from './usage-range.js';

type PointRow = MeasureRow & { start: Date; group_id: string };

/** Usage over time, split by a dimension: the groups with most spend, the rest as `other`. */
export async function getUsageSeries(
  database: Database,
  actor: MemberActor,
  query: UsageSeriesQuery,
): Promise<UsageSeries> {
  requireTimeZone(query.timeZone);
  const range = usageRange(query);
  const interval = intervalOf(range, query.interval);
  const group = await groupColumn(database, actor, query, range);
  const [points, starts] = await Promise.all([
    rollupQuery<PointRow>(
      database,
      actor,
      (owns) => Prisma.sql`
        SELECT ${startColumn(interval, query.timeZone)} AS start, ${group} AS group_id, ${Prisma.raw(MEASURE_COLUMNS)}
        FROM usage_rollup
        WHERE ${Prisma.join([owns('usage_rollup'), ...rollupConditions(query, range)], ' AND ')}
        GROUP BY 1, 2 ORDER BY 1, 2`,
    ),
    readStarts(database, range, interval, query.timeZone),
  ]);
  const groups = sumGroups(points);
  const labels =
    query.by === 'none'
      ? () => ''
      : await dimensionLabels(
          database,
          actor,
          query.by,
          groups.map(([id]) => id),
        );
  return {
    from: range.from.toISOString(),
    to: range.to.toISOString(),
    interval,
    starts,
    groups: groups.map(([id, total]) => ({ id, label: labels(id), total: toMeasures(total) })),
    points: points.map((row) => ({
      start: row.start.toISOString(),
      groupId: row.group_id,
      ...toMeasures(row),
    })),
  };
}

/** Sums of each group over all its points, most spend first and `other` last. */
function sumGroups(points: readonly PointRow[]): [string, MeasureRow][] {
  const sums = new Map<string, MeasureRow>();
  for (const point of points) {
    const sum = sums.get(point.group_id);
    sums.set(point.group_id, sum ? addMeasures(sum, point) : point);
  }
  const rank = ([id, sum]: [string, MeasureRow]) => (id === OTHER ? -1n : sum.cost_nano_usd);
  return [...sums].toSorted((left, right) => Number(rank(right) - rank(left)));
}

/** The group of a rollup: its dimension's id where that is among the first, else `other`. */
async function groupColumn(
  database: Database,
  actor: MemberActor,
  query: UsageSeriesQuery,
  range: UsageRange,
): Promise<Prisma.Sql> {
  if (query.by === 'none') return Prisma.sql`''`;
  const column = Prisma.raw(DIMENSION_COLUMNS[query.by]);
  const first = await rollupQuery<{ id: string }>(
    database,
    actor,
    (owns) => Prisma.sql`
      SELECT ${column} AS id FROM usage_rollup
      WHERE ${Prisma.join([owns('usage_rollup'), ...rollupConditions(query, range)], ' AND ')}
      GROUP BY 1 ORDER BY sum(cost_nano_usd) DESC, sum(calls) DESC, 1 LIMIT ${query.top}`,
  );
  return Prisma.sql`CASE WHEN ${column} = ANY(${first.map(({ id }) => id)}) THEN ${column} ELSE ${OTHER} END`;
}

function startColumn(interval: UsageInterval, timeZone: string): Prisma.Sql {
  if (interval === '15m') return Prisma.sql`bucket_start`;
  // Zones are whole quarters of an hour away from UTC, so that no rollup lies across two of their hours or days.
  return Prisma.sql`date_trunc(${interval}, bucket_start, ${timeZone})`;
}

const STEP = { '15m': '15 minutes', hour: '1 hour', day: '1 day' } as const;

async function readStarts(
  { client }: Database,
  { from, to }: UsageRange,
  interval: UsageInterval,
  timeZone: string,
): Promise<string[]> {
  const unit = interval === '15m' ? 'minute' : interval;
  // Days are counted in local time: where clocks change, one has 23 or 25 hours.
  const rows = await client.$queryRaw<{ start: Date }[]>(Prisma.sql`
    SELECT DISTINCT step AT TIME ZONE ${timeZone} AS start
    FROM generate_series(
      date_trunc(${unit}, ${from}::timestamptz AT TIME ZONE ${timeZone}),
      (${to}::timestamptz - interval '1 second') AT TIME ZONE ${timeZone},
      ${STEP[interval]}::interval
    ) AS step ORDER BY 1`);
  return rows.map(({ start }) => start.toISOString());
}

function requireTimeZone(timeZone: string): void {
  try {
    Intl.DateTimeFormat('en', { timeZone }).resolvedOptions();
  } catch {
    throw invalidField('timeZone', `There is no time zone ${timeZone}.`);
  }
}
