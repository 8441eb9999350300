import type { Project, UpdateProjectInput } from '@trunkline/contracts/control-plane';
import { changeAsMember } from '../../database/change.js';
import type { Database } from '../../database/database.module.js';
import type { MemberActor } from '../../http/actor.js';
import { ApiError, notFound } from '../../http/api-error.js';
import { requireUsablePolicy } from '../policies/index.js';
import { getProject } from './list-projects.js';

/** Renames a project, archives it or takes it back, keeps bodies or stops to, sets its default policy. */
export async function updateProject(
  database: Database,
  actor: MemberActor,
  projectId: string,
  input: UpdateProjectInput,
): Promise<Project> {
  await changeAsMember(database, actor, 'admin', async (tx, trail) => {
    const project = await tx.project.findFirst({ where: { id: projectId } });
    if (!project) throw notFound('project');
    if (input.archived && project.isDefault)
      throw new ApiError('conflict', 'The default project cannot be archived.');
    const before = {
      name: project.name,
      keepBodies: project.keepBodies,
      archived: project.archivedAt !== null,
      defaultPolicyId: project.defaultPolicyId,
    };
    const after = {
      name: input.name ?? before.name,
      keepBodies: input.keepBodies ?? before.keepBodies,
      archived: input.archived ?? before.archived,
      defaultPolicyId: input.defaultPolicyId === undefined ? before.defaultPolicyId : input.defaultPolicyId,
    };
    if (JSON.stringify(before) === JSON.stringify(after)) return;
    await requireUsablePolicy(tx, 'defaultPolicyId', projectId, input.defaultPolicyId);
    const archivedAt = after.archived ? (project.archivedAt ?? new Date()) : null;
    await tx.project.update({
      where: { id: projectId },
      data: {
        name: after.name,
        keepBodies: after.keepBodies,
        defaultPolicyId: after.defaultPolicyId,
        archivedAt,
      },
    });
    trail.audit({ action: 'project.update', targetKind: 'project', targetId: projectId, before, after });
    trail.tell('project', projectId);
  });
  return getProject(database, actor, projectId);
}
