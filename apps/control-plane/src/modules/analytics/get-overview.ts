import type { Overview, OverviewQuery } from '@trunkline/contracts/control-plane';
import { Prisma } from '@trunkline/prisma';
import type { Database } from '../../database/database.module.js';
import type { MemberActor } from '../../http/actor.js';
import { rollupQuery } from './rollup-query.js';
import { MEASURE_COLUMNS, type MeasureRow, toMeasures } from './rollup-measures.js';
import { rangeBefore, rollupConditions, type UsageRange, usageRange } from './usage-range.js';

/** Sums of a period beside those of the one before. */
export async function getOverview(
  database: Database,
  actor: MemberActor,
  query: OverviewQuery,
): Promise<Overview> {
  const range = usageRange(query);
  const [current, previous] = await Promise.all([
    sumUsage(database, actor, query, range),
    sumUsage(database, actor, query, rangeBefore(range)),
  ]);
  return { from: range.from.toISOString(), to: range.to.toISOString(), current, previous };
}

/** Sums of all usage in a range. */
async function sumUsage(
  database: Database,
  actor: MemberActor,
  query: Omit<OverviewQuery, 'from' | 'to'>,
  range: UsageRange,
) {
  const [row] = await rollupQuery<MeasureRow>(
    database,
    actor,
    (owns) => Prisma.sql`
      SELECT ${Prisma.raw(MEASURE_COLUMNS)} FROM usage_rollup
      WHERE ${Prisma.join([owns('usage_rollup'), ...rollupConditions(query, range)], ' AND ')}`,
  );
  if (!row) throw new Error('a sum without a row');
  return toMeasures(row);
}
