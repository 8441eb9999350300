import { inTransaction, type PrismaClient, type Transaction } from '@trunkline/prisma';
import { uuidv7 } from 'uuidv7';
import { recorded } from '../../database/change.js';
import { grantCredit } from '../billing/index.js';

export const STANDARD_PLAN = 'standard';

export interface ProvisionOptions {
  organizationId: string;
  /** Starting credit in nano-USD; none at 0. */
  creditNanoUsd: bigint;
}

/**
 * Makes what a new organization needs: wallet, account, default project and starting credit, with their audit rows. The
 * worker runs it from the organization's outbox row, and it runs again at log-in and first use where something is
 * missing; a second time does nothing.
 * @returns false when there was nothing to do, or the organization is gone
 */
export async function provisionOrganization(
  client: PrismaClient,
  options: ProvisionOptions,
): Promise<boolean> {
  if (await isProvisioned(client, options.organizationId)) return false;
  return inTransaction(client, (tx) => provisionWithin(tx, options));
}

/** The same in the caller's transaction. */
export async function provisionWithin(tx: Transaction, options: ProvisionOptions): Promise<boolean> {
  const { organizationId } = options;
  // Two at the same time: the second waits here, then finds it done.
  const [organization] = await tx.$queryRaw<{ name: string }[]>`
    SELECT name FROM organization WHERE id = ${organizationId}::uuid FOR UPDATE`;
  if (!organization || (await isProvisioned(tx, organizationId))) return false;
  await provision(tx, organization.name, options);
  return true;
}

async function isProvisioned(tx: Transaction, organizationId: string): Promise<boolean> {
  const account = await tx.organizationAccount.findUnique({
    where: { organizationId },
    select: { walletId: true },
  });
  if (!account) return false;
  return (await tx.project.count({ where: { organizationId, isDefault: true } })) > 0;
}

async function provision(tx: Transaction, name: string, options: ProvisionOptions): Promise<void> {
  const { organizationId, creditNanoUsd } = options;
  const creator = await tx.member.findFirst({
    where: { organizationId, role: 'owner' },
    orderBy: { createdAt: 'asc' },
    select: { userId: true },
  });
  const author = { userId: creator?.userId ?? null, ipAddress: null };
  let account = await tx.organizationAccount.findUnique({ where: { organizationId } });
  const isNew = account === null;
  await recorded(tx, author, organizationId, async (_, trail) => {
    if (!account) {
      const wallet = await tx.wallet.create({ data: { id: uuidv7() } });
      await tx.pricePlan.createMany({
        data: [{ id: STANDARD_PLAN, name: 'Standard' }],
        skipDuplicates: true,
      });
      account = await tx.organizationAccount.create({
        data: { organizationId, walletId: wallet.id, pricePlanId: STANDARD_PLAN },
      });
      trail.audit({
        action: 'organization.create',
        targetKind: 'organization',
        targetId: organizationId,
        after: { name },
      });
    }
    const projectId = uuidv7();
    await tx.project.create({
      data: { id: projectId, organizationId, name: 'Default', slug: 'default', isDefault: true },
    });
    trail.audit({
      action: 'project.create',
      targetKind: 'project',
      targetId: projectId,
      after: { name: 'Default' },
    });
    if (isNew && creditNanoUsd > 0n) {
      trail.audit({
        action: 'wallet.grant',
        targetKind: 'wallet',
        targetId: account.walletId,
        after: { amountNanoUsd: creditNanoUsd, description: 'Starting credit' },
      });
    }
    trail.tell('organization', organizationId);
    trail.tell('project', projectId);
  });
  if (!account || !isNew || creditNanoUsd === 0n) return;
  await grantCredit(tx, {
    walletId: account.walletId,
    amountNanoUsd: creditNanoUsd,
    sourceId: `signup:${organizationId}`,
    description: 'Starting credit',
    actorUserId: null,
  });
}
