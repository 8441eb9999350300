import { randomBytes } from 'node:crypto';
import type { CreateProjectInput, Project } from '@trunkline/contracts/control-plane';
import { uuidv7 } from 'uuidv7';
import { changeAsMember } from '../../database/change.js';
import type { Database } from '../../database/database.module.js';
import type { MemberActor } from '../../http/actor.js';
import { ApiError } from '../../http/api-error.js';
import { slugOf } from '../../database/slug.js';
import { getProject } from './list-projects.js';

const MAX_PROJECTS = 500;

export async function createProject(
  database: Database,
  actor: MemberActor,
  input: CreateProjectInput,
): Promise<Project> {
  const id = uuidv7();
  await changeAsMember(database, actor, 'admin', async (tx, trail) => {
    if ((await tx.project.count()) >= MAX_PROJECTS)
      throw new ApiError('conflict', 'There are 500 projects already.');
    const plain = slugOf(input.name, 'project');
    const isTaken = (await tx.project.count({ where: { slug: plain } })) > 0;
    const slug = isTaken ? `${plain}-${randomBytes(3).toString('hex')}` : plain;
    const { organizationId } = actor;
    await tx.project.create({
      data: { id, organizationId, name: input.name, slug, keepBodies: input.keepBodies },
    });
    trail.audit({ action: 'project.create', targetKind: 'project', targetId: id, after: { ...input, slug } });
    trail.tell('project', id);
  });
  return getProject(database, actor, id);
}
