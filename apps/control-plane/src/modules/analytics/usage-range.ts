import type { OverviewQuery, UsageDimension, UsageInterval } from '@trunkline/contracts/control-plane';
import { Prisma } from '@trunkline/prisma';
import { invalidField } from '../../http/api-error.js';

const QUARTER_MS = 15 * 60_000;
const DAY_MS = 96 * QUARTER_MS;
const MAX_RANGE_MS = 400 * DAY_MS;

export interface UsageRange {
  from: Date;
  to: Date;
}

/** The range in whole quarters of an hour, which is what rollups know. @throws ApiError when it is empty or too long */
export function usageRange(query: { from: string; to: string }): UsageRange {
  const from = Math.floor(Date.parse(query.from) / QUARTER_MS) * QUARTER_MS;
  const to = Math.ceil(Date.parse(query.to) / QUARTER_MS) * QUARTER_MS;
  if (to <= from) throw invalidField('to', 'to must be after from');
  if (to - from > MAX_RANGE_MS) throw invalidField('from', 'the range is longer than 400 days');
  return { from: new Date(from), to: new Date(to) };
}

/** The period of the same length just before. */
export function rangeBefore({ from, to }: UsageRange): UsageRange {
  return { from: new Date(from.getTime() * 2 - to.getTime()), to: from };
}

const LIMITS: Record<UsageInterval, number> = { '15m': 3 * DAY_MS, hour: 32 * DAY_MS, day: MAX_RANGE_MS };

/** The interval asked for, or one that gives a chart some 30 to 200 points. @throws ApiError when it gives too many */
export function intervalOf({ from, to }: UsageRange, asked: UsageInterval | undefined): UsageInterval {
  const lengthMs = to.getTime() - from.getTime();
  if (asked === undefined) {
    if (lengthMs <= DAY_MS) return '15m';
    return lengthMs <= 8 * DAY_MS ? 'hour' : 'day';
  }
  if (lengthMs > LIMITS[asked])
    throw invalidField('interval', `${asked} gives too many points for this range`);
  return asked;
}

/** Conditions on `usage_rollup` besides tenant and time. */
export function rollupConditions(query: Omit<OverviewQuery, 'from' | 'to'>, range: UsageRange): Prisma.Sql[] {
  const conditions = [Prisma.sql`bucket_start >= ${range.from}`, Prisma.sql`bucket_start < ${range.to}`];
  if (query.projectId) conditions.push(Prisma.sql`project_id = ${query.projectId}::uuid`);
  if (query.model) conditions.push(Prisma.sql`model_id = ANY(${query.model})`);
  if (query.provider) conditions.push(Prisma.sql`provider_id = ANY(${query.provider})`);
  if (query.keyId) conditions.push(Prisma.sql`key_id = ANY(${query.keyId}::uuid[])`);
  if (query.memberId) conditions.push(Prisma.sql`member_id = ANY(${query.memberId}::uuid[])`);
  return conditions;
}

/** The column of a dimension, as text. */
export const DIMENSION_COLUMNS: Record<UsageDimension, string> = {
  model: 'model_id',
  provider: 'provider_id',
  project: 'project_id::text',
  key: 'key_id::text',
  member: 'member_id::text',
};
