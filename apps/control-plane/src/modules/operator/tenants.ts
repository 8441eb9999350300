import type {
  GrantCreditInput,
  ListTenantsQuery,
  Tenant,
  UpdateTenantInput,
} from '@trunkline/contracts/control-plane';
import { inTransaction, Prisma, type PrismaClient } from '@trunkline/prisma';
import { changeAsOperator, recorded } from '../../database/change.js';
import type { Database } from '../../database/database.module.js';
import { decodeCursor, encodeCursor, pageFrom, UUID_PART } from '../../database/keyset.js';
import type { Actor } from '../../http/actor.js';
import { notFound } from '../../http/api-error.js';
import { workingKeys } from '../api-keys/index.js';
import { grantCredit as postGrant } from '../billing/index.js';

const DAYS_30_MS = 30 * 24 * 60 * 60 * 1000;

export async function listTenants({ client }: Database, query: ListTenantsQuery) {
  const [after] = query.cursor ? decodeCursor(query.cursor, [UUID_PART]) : [];
  const contains = { contains: query.search ?? '', mode: 'insensitive' as const };
  const tenants = await readTenants(client, {
    where: {
      ...(after ? { id: { lt: after } } : {}),
      ...(query.search ? { OR: [{ name: contains }, { slug: contains }] } : {}),
    },
    take: query.limit + 1,
  });
  return pageFrom(tenants, query.limit, ({ organizationId }) => encodeCursor(organizationId));
}

export async function getTenant({ client }: Database, id: string): Promise<Tenant> {
  const [tenant] = await readTenants(client, { where: { id }, take: 1 });
  if (!tenant) throw notFound('organization');
  return tenant;
}

/** Suspends or resumes an organization, or sets its limits. */
export async function updateTenant(
  database: Database,
  actor: Actor,
  organizationId: string,
  input: UpdateTenantInput,
): Promise<Tenant> {
  await changeAsOperator(database, actor, async (tx, trail) => {
    const account = await tx.organizationAccount.findUnique({ where: { organizationId } });
    if (!account) throw notFound('organization');
    const { suspendedAt, requestsPerMinute, maxConcurrency } = account;
    const before = { suspended: suspendedAt !== null, requestsPerMinute, maxConcurrency };
    const after = { ...before, ...input };
    if (JSON.stringify(before) === JSON.stringify(after)) return;
    await tx.organizationAccount.update({
      where: { organizationId },
      data: {
        suspendedAt: after.suspended ? (suspendedAt ?? new Date()) : null,
        requestsPerMinute: after.requestsPerMinute ?? null,
        maxConcurrency: after.maxConcurrency ?? null,
      },
    });
    const target = { targetKind: 'organization', targetId: organizationId, organizationId };
    trail.audit({ action: 'organization.update', ...target, before, after });
    trail.tell('organization', organizationId);
  });
  return getTenant(database, organizationId);
}

/** Grants credit to an organization's wallet; the same idempotency key again grants nothing more. */
export async function grantCredit(
  database: Database,
  actor: Actor,
  organizationId: string,
  input: GrantCreditInput,
): Promise<Tenant> {
  await inTransaction(database.client, async (tx) => {
    const account = await tx.organizationAccount.findUnique({
      where: { organizationId },
      select: { walletId: true },
    });
    if (!account) throw notFound('organization');
    const { walletId } = account;
    // The same form sent twice: the second waits here, then finds the first one's grant.
    await tx.$queryRaw`SELECT 1 FROM wallet WHERE id = ${walletId}::uuid FOR NO KEY UPDATE`;
    const { amountNanoUsd, description, idempotencyKey } = input;
    const sourceId = `operator:${organizationId}:${idempotencyKey}`;
    const source = { kind_sourceId: { kind: 'grant', sourceId } };
    if (await tx.ledgerTransaction.findUnique({ where: source, select: { id: true } })) return;
    await recorded(tx, actor, organizationId, (_, trail) => {
      const after = { amountNanoUsd, description };
      trail.audit({ action: 'wallet.grant', targetKind: 'wallet', targetId: walletId, after });
      return Promise.resolve();
    });
    const amount = BigInt(amountNanoUsd);
    await postGrant(tx, {
      walletId,
      amountNanoUsd: amount,
      sourceId,
      description,
      actorUserId: actor.userId,
    });
  });
  return getTenant(database, organizationId);
}

async function readTenants(
  client: PrismaClient,
  page: { where: Prisma.OrganizationWhereInput; take: number },
): Promise<Tenant[]> {
  const keys = { where: workingKeys(new Date()) };
  const rows = await client.organization.findMany({
    ...page,
    orderBy: { id: 'desc' },
    include: { account: { include: { wallet: true } }, _count: { select: { members: true, apiKeys: keys } } },
  });
  const usage = await usageOf(
    client,
    rows.map(({ id }) => id),
  );
  return rows.map(({ account, _count, ...row }) => ({
    organizationId: row.id,
    name: row.name,
    slug: row.slug,
    walletId: account?.walletId ?? null,
    pricePlanId: account?.pricePlanId ?? null,
    balanceNanoUsd: account
      ? (account.wallet.creditedNanoUsd - account.wallet.chargedNanoUsd).toString()
      : '0',
    members: _count.members,
    activeKeys: _count.apiKeys,
    calls30d: Number(usage.get(row.id)?.calls ?? 0n),
    cost30dNanoUsd: (usage.get(row.id)?.cost ?? 0n).toString(),
    providerCost30dNanoUsd: (usage.get(row.id)?.provider_cost ?? 0n).toString(),
    requestsPerMinute: account?.requestsPerMinute ?? null,
    maxConcurrency: account?.maxConcurrency ?? null,
    suspendedAt: account?.suspendedAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
  }));
}

interface TenantUsage {
  organization_id: string;
  calls: bigint;
  cost: bigint;
  provider_cost: bigint;
}

async function usageOf(client: PrismaClient, ids: string[]): Promise<ReadonlyMap<string, TenantUsage>> {
  const rows = await client.$queryRaw<TenantUsage[]>(Prisma.sql`
    SELECT organization_id, sum(calls)::bigint AS calls, sum(cost_nano_usd)::bigint AS cost,
      sum(provider_cost_nano_usd)::bigint AS provider_cost
    FROM usage_rollup
    WHERE organization_id = ANY(${ids}::uuid[]) AND bucket_start >= ${new Date(Date.now() - DAYS_30_MS)}
    GROUP BY organization_id`);
  return new Map(rows.map((row) => [row.organization_id, row]));
}
