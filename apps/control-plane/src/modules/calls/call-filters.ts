import type { ListCallsQuery } from '@trunkline/contracts/control-plane';
import { Prisma } from '@trunkline/prisma';
import { ApiError, invalidField } from '../../http/api-error.js';

/** Conditions of a log query besides tenant, time and place in the list; `c` is the call. */
export function callConditions(query: ListCallsQuery): Prisma.Sql[] {
  const conditions: Prisma.Sql[] = [];
  const add = <Value>(value: Value | undefined, condition: (value: Value) => Prisma.Sql) => {
    if (value !== undefined) conditions.push(condition(value));
  };
  add(query.projectId, (id) => Prisma.sql`c.project_id = ${id}::uuid`);
  add(query.status, statusCondition);
  add(query.errorCode, (codes) => Prisma.sql`c.error_code = ANY(${codes})`);
  add(query.billingReason, (reasons) => Prisma.sql`c.billing_reason = ANY(${reasons})`);
  add(
    query.model,
    (models) => Prisma.sql`(c.model_id = ANY(${models}) OR c.requested_model = ANY(${models}))`,
  );
  add(query.provider, (providers) => Prisma.sql`c.provider_id = ANY(${providers})`);
  add(query.keyId, (ids) => Prisma.sql`c.key_id = ANY(${ids}::uuid[])`);
  add(query.memberId, (ids) => Prisma.sql`c.member_id = ANY(${ids}::uuid[])`);
  add(query.endUser, (user) => Prisma.sql`c.end_user = ${user}`);
  add(
    query.tag,
    (tags) => Prisma.sql`c.tags @> ${JSON.stringify(Object.fromEntries(tags.map(readTag)))}::jsonb`,
  );
  add(query.minCostNanoUsd, (amount) => Prisma.sql`c.cost_nano_usd >= ${amountOf('minCostNanoUsd', amount)}`);
  add(query.maxCostNanoUsd, (amount) => Prisma.sql`c.cost_nano_usd <= ${amountOf('maxCostNanoUsd', amount)}`);
  add(query.minDurationMs, (ms) => Prisma.sql`c.duration_ms >= ${ms}`);
  add(query.maxDurationMs, (ms) => Prisma.sql`c.duration_ms <= ${ms}`);
  add(query.minFirstTokenMs, (ms) => Prisma.sql`c.first_token_ms >= ${ms}`);
  add(query.maxFirstTokenMs, (ms) => Prisma.sql`c.first_token_ms <= ${ms}`);
  add(query.minAttempts, (count) => Prisma.sql`c.attempt_count >= ${count}`);
  add(query.maxAttempts, (count) => Prisma.sql`c.attempt_count <= ${count}`);
  add(query.stream, (stream) => Prisma.sql`c.stream = ${stream}`);
  add(query.failedOver, (wanted) => (wanted ? FAILED_OVER : Prisma.sql`NOT ${FAILED_OVER}`));
  return conditions;
}

/** Answered although an attempt failed. */
export const FAILED_OVER = Prisma.sql`(c.attempt_count > 1 AND c.status < 400)`;

function statusCondition(statuses: readonly string[]): Prisma.Sql {
  const ranges = statuses.map((status) => {
    const isClass = status.endsWith('xx');
    const from = isClass ? Number(status[0]) * 100 : Number(status);
    return Prisma.sql`c.status BETWEEN ${from} AND ${isClass ? from + 99 : from}`;
  });
  return Prisma.sql`(${Prisma.join(ranges, ' OR ')})`;
}

function readTag(tag: string): [string, string] {
  const colon = tag.indexOf(':');
  return [tag.slice(0, colon), tag.slice(colon + 1)];
}

const MAX_BIGINT = 9_223_372_036_854_775_807n;

function amountOf(field: string, digits: string): bigint {
  const amount = BigInt(digits);
  if (amount > MAX_BIGINT || amount < -MAX_BIGINT) throw invalidField(field, `${field} is out of range`);
  return amount;
}

/** @throws ApiError when the range is empty */
export function requireRange(from: Date | undefined, to: Date | undefined): void {
  if (from && to && from >= to) throw new ApiError('invalid_request', 'from must be before to.');
}
