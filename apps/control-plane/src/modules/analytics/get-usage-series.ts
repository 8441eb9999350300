import type { UsageInterval, UsageSeries, UsageSeriesQuery } from '@trunkline/contracts/control-plane';
import { Prisma, tenantQuery } from '@trunkline/prisma';
import type { Database } from '../../database/database.module.js';
import type { MemberActor } from '../../http/actor.js';
import { invalidField } from '../../http/api-error.js';
import { dimensionLabels, OTHER } from './dimension-labels.js';
import { readGroups } from './get-usage-breakdown.js';
import { MEASURE_COLUMNS, type MeasureRow, toMeasures } from './rollup-measures.js';
import { DIMENSION_COLUMNS, intervalOf, rollupConditions, type UsageRange, usageRange } from './usage-range.js';

type GroupRow = MeasureRow & { group_id: string };
type PointRow = GroupRow & { start: Date };

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
  const conditions = rollupConditions(query, range);
  const read = <Row>(columns: Prisma.Sql, groupBy: string) =>
    tenantQuery<Row>(
      database.client,
      actor.organizationId,
      (owns) => Prisma.sql`
        SELECT ${columns}, ${group} AS group_id, ${Prisma.raw(MEASURE_COLUMNS)} FROM usage_rollup
        WHERE ${Prisma.join([owns('usage_rollup'), ...conditions], ' AND ')}
        GROUP BY ${Prisma.raw(groupBy)} ORDER BY sum(cost_nano_usd) DESC, sum(calls) DESC`,
    );
  const start = startColumn(interval, query.timeZone);
  const [points, totals, starts] = await Promise.all([
    read<PointRow>(Prisma.sql`${start} AS start`, '1, 2'),
    read<GroupRow>(Prisma.sql`1`, '2'),
    readStarts(database, range, interval, query.timeZone),
  ]);
  const groups = totals.toSorted((left, right) => Number(left.group_id === OTHER) - Number(right.group_id === OTHER));
  const labels =
    query.by === 'none'
      ? () => ''
      : await dimensionLabels(database, actor, query.by, groups.map(({ group_id }) => group_id));
  return {
    from: range.from.toISOString(),
    to: range.to.toISOString(),
    interval,
    starts,
    groups: groups.map((row) => ({ id: row.group_id, label: labels(row.group_id), total: toMeasures(row) })),
    points: points
      .toSorted((left, right) => left.start.getTime() - right.start.getTime())
      .map((row) => ({ start: row.start.toISOString(), groupId: row.group_id, ...toMeasures(row) })),
  };
}

/** The group of a rollup: its dimension's id where that is among the first, else `other`. */
async function groupColumn(
  database: Database,
  actor: MemberActor,
  query: UsageSeriesQuery,
  range: UsageRange,
): Promise<Prisma.Sql> {
  const { by } = query;
  if (by === 'none') return Prisma.sql`''`;
  const column = Prisma.raw(DIMENSION_COLUMNS[by]);
  const first = await readGroups(database, actor, { ...query, by, limit: query.top, range });
  const ids = first.map(({ id }) => id);
  return Prisma.sql`CASE WHEN ${column} = ANY(${ids}) THEN ${column} ELSE ${OTHER} END`;
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
    new Intl.DateTimeFormat('en', { timeZone });
  } catch {
    throw invalidField('timeZone', `There is no time zone ${timeZone}.`);
  }
}
