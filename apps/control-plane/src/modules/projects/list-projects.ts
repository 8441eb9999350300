import type { ListProjectsQuery, Project } from '@trunkline/contracts/control-plane';
import { forOrganization } from '@trunkline/prisma';
import type { Database } from '../../database/database.module.js';
import type { MemberActor } from '../../http/actor.js';
import { notFound } from '../../http/api-error.js';
import { workingKeys } from '../api-keys/index.js';

export async function listProjects(
  { client }: Database,
  actor: MemberActor,
  query: ListProjectsQuery,
): Promise<{ items: Project[] }> {
  const rows = await forOrganization(client, actor.organizationId).project.findMany({
    where: query.archived ? {} : { archivedAt: null },
    include: keyCount(),
    orderBy: [{ isDefault: 'desc' }, { name: 'asc' }, { id: 'asc' }],
  });
  return { items: rows.map(toProject) };
}

/** @throws ApiError `not_found` */
export async function getProject(
  { client }: Database,
  actor: MemberActor,
  projectId: string,
): Promise<Project> {
  const row = await forOrganization(client, actor.organizationId).project.findFirst({
    where: { id: projectId },
    include: keyCount(),
  });
  if (!row) throw notFound('project');
  return toProject(row);
}

const keyCount = () => ({ _count: { select: { apiKeys: { where: workingKeys(new Date()) } } } });

interface ProjectRow {
  id: string;
  name: string;
  slug: string;
  isDefault: boolean;
  keepBodies: boolean;
  defaultPolicyId: string | null;
  archivedAt: Date | null;
  createdAt: Date;
  _count: { apiKeys: number };
}

function toProject({ _count, archivedAt, createdAt, ...row }: ProjectRow): Project {
  return {
    id: row.id,
    name: row.name,
    slug: row.slug,
    isDefault: row.isDefault,
    keepBodies: row.keepBodies,
    defaultPolicyId: row.defaultPolicyId,
    archivedAt: archivedAt?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
    activeKeys: _count.apiKeys,
  };
}
