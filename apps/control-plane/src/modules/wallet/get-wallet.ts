import type { Wallet } from '@trunkline/contracts/control-plane';
import { forOrganization, Prisma, tenantQuery } from '@trunkline/prisma';
import type { Database } from '../../database/database.module.js';
import type { MemberActor } from '../../http/actor.js';
import { notFound } from '../../http/api-error.js';

const DAY_MS = 24 * 60 * 60 * 1000;
const PACE_DAYS = 7;
const FAR_DAYS = 3650n;

/** Balance, and the day it ends at the pace of the last week. */
export async function getWallet({ client }: Database, actor: MemberActor): Promise<Wallet> {
  const now = Date.now();
  const account = await forOrganization(client, actor.organizationId).organizationAccount.findFirst({
    include: { wallet: true },
  });
  if (!account) throw notFound('wallet');
  const { wallet } = account;
  const balance = wallet.creditedNanoUsd - wallet.chargedNanoUsd;
  const perDay = await spendPerDay(client, actor.organizationId, now);
  return {
    id: wallet.id,
    balanceNanoUsd: balance.toString(),
    creditedNanoUsd: wallet.creditedNanoUsd.toString(),
    chargedNanoUsd: wallet.chargedNanoUsd.toString(),
    spendPerDayNanoUsd: perDay.toString(),
    runsOutAt: runsOutAt(balance, perDay, now)?.toISOString() ?? null,
  };
}

async function spendPerDay(
  client: Database['client'],
  organizationId: string,
  nowMs: number,
): Promise<bigint> {
  const since = new Date(nowMs - PACE_DAYS * DAY_MS);
  const [row] = await tenantQuery<{ cost: bigint; first: Date | null }>(
    client,
    organizationId,
    (owns) => Prisma.sql`
      SELECT coalesce(sum(cost_nano_usd), 0)::bigint AS cost, min(bucket_start) AS first
      FROM usage_rollup WHERE ${owns('usage_rollup')} AND bucket_start >= ${since}`,
  );
  if (!row?.first) return 0n;
  const elapsedMs = Math.min(Math.max(nowMs - row.first.getTime(), DAY_MS), PACE_DAYS * DAY_MS);
  return (row.cost * BigInt(DAY_MS)) / BigInt(Math.round(elapsedMs));
}

/** Null without spend, or when it is more than ten years away. */
export function runsOutAt(balance: bigint, perDay: bigint, nowMs: number): Date | null {
  if (perDay <= 0n || balance / perDay > FAR_DAYS) return null;
  return new Date(nowMs + Number((balance * BigInt(DAY_MS)) / perDay));
}
