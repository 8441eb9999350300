import type { UsageBreakdown, UsageBreakdownQuery } from '@trunkline/contracts/control-plane';
import { Prisma } from '@trunkline/prisma';
import type { Database } from '../../database/database.module.js';
import type { MemberActor } from '../../http/actor.js';
import { dimensionLabels } from './dimension-labels.js';
import { MEASURE_COLUMNS, type MeasureRow, toMeasures } from './rollup-measures.js';
import { rollupQuery } from './rollup-query.js';
import { DIMENSION_COLUMNS, rollupConditions, usageRange } from './usage-range.js';

/** The sum of all comes in the same pass, as the row without a group. */
type GroupRow = MeasureRow & ({ is_total: 0; id: string } | { is_total: 1; id: null });

/** Usage of a period by a dimension, most spend first. */
export async function getUsageBreakdown(
  database: Database,
  actor: MemberActor,
  query: UsageBreakdownQuery,
): Promise<UsageBreakdown> {
  const column = Prisma.raw(DIMENSION_COLUMNS[query.by]);
  const conditions = rollupConditions(query, usageRange(query));
  const rows = await rollupQuery<GroupRow>(
    database,
    actor,
    (owns) => Prisma.sql`
      SELECT grouping(${column}) AS is_total, ${column} AS id, ${Prisma.raw(MEASURE_COLUMNS)} FROM usage_rollup
      WHERE ${Prisma.join([owns('usage_rollup'), ...conditions], ' AND ')}
      GROUP BY GROUPING SETS ((${column}), ())
      ORDER BY 1 DESC, sum(cost_nano_usd) DESC, sum(calls) DESC, 2 LIMIT ${query.limit + 1}`,
  );
  const groups = rows.filter((row) => row.is_total === 0);
  const total = rows.find((row) => row.is_total === 1);
  if (!total) throw new Error('a sum without a row');
  const labels = await dimensionLabels(
    database,
    actor,
    query.by,
    groups.map(({ id }) => id),
  );
  return {
    rows: groups.map((row) => ({ id: row.id, label: labels(row.id), ...toMeasures(row) })),
    total: toMeasures(total),
  };
}
