import type { ApiKey, ListApiKeysQuery } from '@trunkline/contracts/control-plane';
import { forOrganization, Prisma, type PrismaClient, tenantQuery } from '@trunkline/prisma';
import type { Database } from '../../database/database.module.js';
import { decodeCursor, encodeCursor, pageFrom, UUID_PART } from '../../database/keyset.js';
import type { MemberActor } from '../../http/actor.js';
import { notFound } from '../../http/api-error.js';
import { readBudgets } from '../budgets/index.js';
import { keysInState, keyState } from './key-state.js';

const DAYS_30_MS = 30 * 24 * 60 * 60 * 1000;

/** Newest first: ids are UUIDv7, so that their order is that of time. */
export async function listApiKeys({ client }: Database, actor: MemberActor, query: ListApiKeysQuery) {
  const [after] = query.cursor ? decodeCursor(query.cursor, [UUID_PART]) : [];
  const rows = await readRows(client, actor, {
    where: {
      ...keysInState(query.state, new Date()),
      ...(query.projectId ? { projectId: query.projectId } : {}),
      ...(after ? { id: { lt: after } } : {}),
    },
    take: query.limit + 1,
  });
  const { items, nextCursor } = pageFrom(rows, query.limit, ({ id }) => encodeCursor(id));
  return { items: await toApiKeys(client, actor, items), nextCursor };
}

/** @throws ApiError `not_found` */
export async function getApiKey({ client }: Database, actor: MemberActor, id: string): Promise<ApiKey> {
  const [key] = await toApiKeys(client, actor, await readRows(client, actor, { where: { id }, take: 1 }));
  if (!key) throw notFound('key');
  return key;
}

type KeyRow = Awaited<ReturnType<typeof readRows>>[number];

function readRows(
  client: PrismaClient,
  actor: MemberActor,
  page: { where: Prisma.ApiKeyWhereInput; take: number },
) {
  return forOrganization(client, actor.organizationId).apiKey.findMany({
    ...page,
    orderBy: { id: 'desc' },
    omit: { hash: true },
    include: { project: { select: { name: true } }, policy: { select: { name: true } } },
  });
}

async function toApiKeys(
  client: PrismaClient,
  actor: MemberActor,
  rows: readonly KeyRow[],
): Promise<ApiKey[]> {
  if (rows.length === 0) return [];
  const scoped = forOrganization(client, actor.organizationId);
  const ids = rows.map(({ id }) => id);
  const memberIds = rows.flatMap(({ memberId }) => memberId ?? []);
  const [members, budgets, usage] = await Promise.all([
    scoped.member.findMany({
      where: { id: { in: memberIds } },
      select: { id: true, user: { select: { name: true } } },
    }),
    readBudgets(scoped, { scope: 'key', scopeId: { in: ids } }),
    usageOfKeys(client, actor, ids),
  ]);
  const memberNames = new Map(members.map(({ id, user }) => [id, user.name]));
  const now = new Date();
  return rows.map((row): ApiKey => ({
    id: row.id,
    name: row.name,
    projectId: row.projectId,
    projectName: row.project.name,
    memberId: row.memberId,
    memberName: (row.memberId && memberNames.get(row.memberId)) ?? null,
    prefix: row.prefix,
    lastFour: row.lastFour,
    state: keyState(row, now),
    allowedModels: row.allowedModels,
    policyId: row.policyId,
    policyName: row.policy?.name ?? null,
    requestsPerMinute: row.requestsPerMinute,
    maxConcurrency: row.maxConcurrency,
    expiresAt: row.expiresAt?.toISOString() ?? null,
    disabledAt: row.disabledAt?.toISOString() ?? null,
    revokedAt: row.revokedAt?.toISOString() ?? null,
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
    budgets: budgets.filter(({ scopeId }) => scopeId === row.id),
    calls30d: Number(usage.get(row.id)?.calls ?? 0n),
    cost30dNanoUsd: (usage.get(row.id)?.cost ?? 0n).toString(),
  }));
}

async function usageOfKeys(client: PrismaClient, actor: MemberActor, ids: string[]) {
  const since = new Date(Date.now() - DAYS_30_MS);
  const rows = await tenantQuery<{ key_id: string; calls: bigint; cost: bigint }>(
    client,
    actor.organizationId,
    (owns) => Prisma.sql`
      SELECT key_id, sum(calls)::bigint AS calls, sum(cost_nano_usd)::bigint AS cost
      FROM usage_rollup
      WHERE ${owns('usage_rollup')} AND bucket_start >= ${since} AND key_id = ANY(${ids}::uuid[])
      GROUP BY key_id`,
  );
  return new Map(rows.map((row) => [row.key_id, row]));
}
