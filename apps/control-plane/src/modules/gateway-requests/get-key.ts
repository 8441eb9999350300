import { budgetPeriodStart, toUsdNumber, type BudgetPeriod } from '@trunkline/contracts';
import { forOrganization, Prisma, tenantQuery } from '@trunkline/prisma';
import type { GatewayCaller } from '@trunkline/secrets';
import type { Database } from '../../database/database.module.js';
import { notFound } from '../../http/api-error.js';
import { readBudgets } from '../budgets/index.js';

/** In the rollups, a call without a key. */
const NO_KEY = '00000000-0000-0000-0000-000000000000';

const RESETS: Readonly<Record<BudgetPeriod, string | null>> = {
  day: 'daily',
  week: 'weekly',
  month: 'monthly',
  total: null,
};

interface Spent {
  total: bigint;
  day: bigint;
  week: bigint;
  month: bigint;
}

/** What the caller's key may spend and has spent, in US dollars. https://openrouter.ai/docs/api-reference/get-current-key */
export async function getKey(client: Database['client'], caller: GatewayCaller, now: Date) {
  const scoped = forOrganization(client, caller.organizationId);
  const { keyId } = caller;
  const [key, spent, budgets] = await Promise.all([
    keyId === null ? null : scoped.apiKey.findFirst({ where: { id: keyId } }),
    spentBy(client, caller, now),
    keyId === null ? [] : readBudgets(scoped, { scope: 'key', scopeId: keyId }),
  ]);
  if (keyId !== null && !key) throw notFound('key');
  const tightest = budgets
    .map(({ period, limitNanoUsd, usedNanoUsd }) => {
      const limit = BigInt(limitNanoUsd);
      const left = limit - BigInt(usedNanoUsd);
      return { period, limitNanoUsd: limit, leftNanoUsd: left > 0n ? left : 0n };
    })
    .toSorted((left, right) => (left.leftNanoUsd < right.leftNanoUsd ? -1 : 1))[0];
  return {
    data: {
      label: key ? `${key.prefix}…${key.lastFour}` : 'playground',
      name: key?.name ?? null,
      usage: toUsdNumber(spent.total),
      usage_daily: toUsdNumber(spent.day),
      usage_weekly: toUsdNumber(spent.week),
      usage_monthly: toUsdNumber(spent.month),
      byok_usage: 0,
      byok_usage_daily: 0,
      byok_usage_weekly: 0,
      byok_usage_monthly: 0,
      limit: tightest ? toUsdNumber(tightest.limitNanoUsd) : null,
      limit_remaining: tightest ? toUsdNumber(tightest.leftNanoUsd) : null,
      limit_reset: tightest ? RESETS[tightest.period] : null,
      include_byok_in_limit: false,
      is_free_tier: false,
      is_provisioning_key: false,
      is_management_key: false,
      rate_limit: { requests: key?.requestsPerMinute ?? -1, interval: '1m', note: '' },
      // What is free is not limited by the day here.
      free_model_daily_requests: { limit: -1, remaining: -1, used: 0 },
      allowed_data_regions: [],
      creator_user_id: null,
      organization_id: caller.organizationId,
      workspace_id: caller.projectId,
      expires_at: key?.expiresAt?.toISOString() ?? null,
    },
  };
}

async function spentBy(
  client: Database['client'],
  { organizationId, keyId, memberId }: GatewayCaller,
  now: Date,
): Promise<Spent> {
  const startOf = (period: BudgetPeriod) => new Date(budgetPeriodStart(period, now.getTime()));
  const day = startOf('day');
  const week = startOf('week');
  const month = startOf('month');
  const whose =
    keyId === null
      ? Prisma.sql`key_id = ${NO_KEY}::uuid AND member_id = ${memberId ?? NO_KEY}::uuid`
      : Prisma.sql`key_id = ${keyId}::uuid`;
  const sum = (since: Date) =>
    Prisma.sql`coalesce(sum(cost_nano_usd) FILTER (WHERE bucket_start >= ${since}), 0)::bigint`;
  const [row] = await tenantQuery<Spent>(
    client,
    organizationId,
    (owns) => Prisma.sql`
      SELECT coalesce(sum(cost_nano_usd), 0)::bigint AS total, ${sum(day)} AS day, ${sum(week)} AS week,
        ${sum(month)} AS month
      FROM usage_rollup WHERE ${owns('usage_rollup')} AND ${whose}`,
  );
  return row ?? { total: 0n, day: 0n, week: 0n, month: 0n };
}
