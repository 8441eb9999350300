import { policyDocument } from '@trunkline/contracts';
import type { PageQuery, PolicyVersion } from '@trunkline/contracts/control-plane';
import { forOrganization, type Prisma, type PrismaClient } from '@trunkline/prisma';
import type { Database } from '../../database/database.module.js';
import { decodeCursor, encodeCursor, NUMBER_PART, pageFrom } from '../../database/keyset.js';
import type { MemberActor } from '../../http/actor.js';
import { invalidField, notFound } from '../../http/api-error.js';

/** The greatest that a version's number can be. */
const MAX_NUMBER = 2_147_483_647;

/** Newest first. @throws ApiError `not_found` */
export async function listPolicyVersions(
  { client }: Database,
  actor: MemberActor,
  policyId: string,
  query: PageQuery,
): Promise<{ items: PolicyVersion[]; nextCursor: string | null }> {
  const scoped = forOrganization(client, actor.organizationId);
  const before = query.cursor ? Number(decodeCursor(query.cursor, [NUMBER_PART])[0]) : MAX_NUMBER;
  if (before > MAX_NUMBER) throw invalidField('cursor', 'cursor does not belong to this list');
  if (!(await scoped.policy.count({ where: { id: policyId } }))) throw notFound('policy');
  const versions = await readVersions(client, actor, {
    where: { policyId, number: query.cursor ? { lt: before } : { lte: before } },
    take: query.limit + 1,
  });
  return pageFrom(versions, query.limit, ({ number }) => encodeCursor(String(number)));
}

/** One version of a policy. @throws ApiError `not_found` */
export async function getPolicyVersion(
  { client }: Database,
  actor: MemberActor,
  id: string,
): Promise<PolicyVersion> {
  const [version] = await readVersions(client, actor, { where: { id }, take: 1 });
  if (!version) throw notFound('version');
  return version;
}

async function readVersions(
  client: PrismaClient,
  actor: MemberActor,
  page: { where: Prisma.PolicyVersionWhereInput; take: number },
): Promise<PolicyVersion[]> {
  const rows = await forOrganization(client, actor.organizationId).policyVersion.findMany({
    ...page,
    orderBy: { number: 'desc' },
    include: { policy: { select: { publishedVersionId: true } } },
  });
  // Users belong to no tenant; they are reached by ids from the tenant's own versions.
  const authors = await client.user.findMany({
    where: { id: { in: [...new Set(rows.flatMap(({ authorUserId }) => authorUserId ?? []))] } },
    select: { id: true, name: true },
  });
  const names = new Map(authors.map(({ id, name }) => [id, name]));
  return rows.map((row): PolicyVersion => ({
    id: row.id,
    number: row.number,
    document: policyDocument.parse(row.document),
    note: row.note,
    authorName: (row.authorUserId && names.get(row.authorUserId)) ?? null,
    isPublished: row.policy.publishedVersionId === row.id,
    createdAt: row.createdAt.toISOString(),
  }));
}
