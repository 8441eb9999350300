import type { Organization } from '@trunkline/contracts/control-plane';
import { forOrganization } from '@trunkline/prisma';
import type { Database } from '../../database/database.module.js';
import type { MemberActor } from '../../http/actor.js';
import { notFound } from '../../http/api-error.js';

/** The actor's organization with what the product added to it. */
export async function getOrganization({ client }: Database, actor: MemberActor): Promise<Organization> {
  const found = await forOrganization(client, actor.organizationId).organization.findFirst({
    include: { account: true, projects: { where: { isDefault: true }, select: { id: true } } },
  });
  const [project] = found?.projects ?? [];
  if (!found?.account || !project) throw notFound('organization');
  return {
    id: found.id,
    name: found.name,
    slug: found.slug,
    role: actor.role,
    walletId: found.account.walletId,
    pricePlanId: found.account.pricePlanId,
    defaultProjectId: project.id,
    requestsPerMinute: found.account.requestsPerMinute,
    maxConcurrency: found.account.maxConcurrency,
    suspended: found.account.suspendedAt !== null,
    createdAt: found.createdAt.toISOString(),
  };
}
