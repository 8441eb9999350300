import { policyDocument } from '@trunkline/contracts';
import type { CallDetail, ListPoliciesQuery, Policy } from '@trunkline/contracts/control-plane';
import { forOrganization, type Prisma, type Transaction } from '@trunkline/prisma';
import type { Database } from '../../database/database.module.js';
import type { MemberActor } from '../../http/actor.js';
import { notFound } from '../../http/api-error.js';

export async function listPolicies(
  { client }: Database,
  actor: MemberActor,
  query: ListPoliciesQuery,
): Promise<{ items: Policy[] }> {
  const where = {
    ...(query.archived ? {} : { archivedAt: null }),
    ...(query.projectId ? { projectId: query.projectId } : {}),
  };
  return { items: await readPolicies(forOrganization(client, actor.organizationId), where) };
}

/** @throws ApiError `not_found` */
export async function getPolicy({ client }: Database, actor: MemberActor, id: string): Promise<Policy> {
  const [policy] = await readPolicies(forOrganization(client, actor.organizationId), { id });
  if (!policy) throw notFound('policy');
  return policy;
}

async function readPolicies(scoped: Transaction, where: Prisma.PolicyWhereInput): Promise<Policy[]> {
  const rows = await scoped.policy.findMany({
    where,
    include: {
      project: { select: { name: true, defaultPolicyId: true } },
      published: { select: { number: true, document: true } },
      _count: { select: { apiKeys: { where: { revokedAt: null } } } },
    },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
  });
  return rows.map((row): Policy => ({
    id: row.id,
    projectId: row.projectId,
    projectName: row.project.name,
    name: row.name,
    publishedVersion: row.published?.number ?? null,
    publishedAt: row.publishedAt?.toISOString() ?? null,
    publishedDocument: row.published && policyDocument.parse(row.published.document),
    latestVersion: row.versionCount,
    isProjectDefault: row.project.defaultPolicyId === row.id,
    keys: row._count.apiKeys,
    archivedAt: row.archivedAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
  }));
}

/** The policy of a version, as the log names it; null when it is gone. */
export async function policyOfVersion(
  scoped: Transaction,
  versionId: string | null,
): Promise<CallDetail['policy']> {
  if (versionId === null) return null;
  const version = await scoped.policyVersion.findFirst({
    where: { id: versionId },
    select: { number: true, policy: { select: { id: true, name: true } } },
  });
  return version && { ...version.policy, version: version.number };
}
