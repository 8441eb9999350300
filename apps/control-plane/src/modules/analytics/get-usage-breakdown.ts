import type {
  OverviewQuery,
  UsageBreakdown,
  UsageBreakdownQuery,
  UsageDimension,
} from '@trunkline/contracts/control-plane';
import { Prisma } from '@trunkline/prisma';
import type { Database } from '../../database/database.module.js';
import type { MemberActor } from '../../http/actor.js';
import { dimensionLabels } from './dimension-labels.js';
import { sumUsage } from './get-overview.js';
import { rollupQuery } from './rollup-query.js';
import { MEASURE_COLUMNS, type MeasureRow, toMeasures } from './rollup-measures.js';
import { DIMENSION_COLUMNS, rollupConditions, type UsageRange, usageRange } from './usage-range.js';

type GroupRow = MeasureRow & { id: string };

/** Usage of a period by a dimension, most spend first. */
export async function getUsageBreakdown(
  database: Database,
  actor: MemberActor,
  query: UsageBreakdownQuery,
): Promise<UsageBreakdown> {
  const range = usageRange(query);
  const [rows, total] = await Promise.all([
    readGroups(database, actor, { ...query, range }),
    sumUsage(database, actor, query, range),
  ]);
  const labels = await dimensionLabels(
    database,
    actor,
    query.by,
    rows.map(({ id }) => id),
  );
  return { rows: rows.map((row) => ({ id: row.id, label: labels(row.id), ...toMeasures(row) })), total };
}

type GroupsQuery = Omit<OverviewQuery, 'from' | 'to'> & {
  by: UsageDimension;
  limit: number;
  range: UsageRange;
};

function readGroups(database: Database, actor: MemberActor, query: GroupsQuery): Promise<GroupRow[]> {
  const conditions = rollupConditions(query, query.range);
  return rollupQuery<GroupRow>(
    database,
    actor,
    (owns) => Prisma.sql`
      SELECT ${Prisma.raw(DIMENSION_COLUMNS[query.by])} AS id, ${Prisma.raw(MEASURE_COLUMNS)} FROM usage_rollup
      WHERE ${Prisma.join([owns('usage_rollup'), ...conditions], ' AND ')}
      GROUP BY 1 ORDER BY sum(cost_nano_usd) DESC, sum(calls) DESC, 1 LIMIT ${query.limit}`,
  );
}
