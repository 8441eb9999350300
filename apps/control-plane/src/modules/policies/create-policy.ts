import type { CreatePolicyInput, Policy } from '@trunkline/contracts/control-plane';
import type { Transaction } from '@trunkline/prisma';
import { uuidv7 } from 'uuidv7';
import { changeAsMember } from '../../database/change.js';
import type { Database } from '../../database/database.module.js';
import type { MemberActor } from '../../http/actor.js';
import { ApiError, notFound } from '../../http/api-error.js';
import { addVersion } from './add-version.js';
import { checkDocument } from './check-document.js';
import { getPolicy } from './read-policies.js';

const MAX_POLICIES = 200;

export async function createPolicy(
  database: Database,
  actor: MemberActor,
  input: CreatePolicyInput,
): Promise<Policy> {
  await checkDocument(database, actor.organizationId, input.document);
  const id = uuidv7();
  const { organizationId } = actor;
  await changeAsMember(database, actor, 'admin', async (tx, trail) => {
    const projectId = await findProject(tx, input.projectId);
    const { name, publish } = input;
    await requireRoom(tx, projectId, name);
    await tx.policy.create({ data: { id, organizationId, projectId, name, versionCount: 1 } });
    await addVersion(tx, actor, { policyId: id, number: 1, ...input });
    trail.audit({
      action: 'policy.create',
      targetKind: 'policy',
      targetId: id,
      after: { projectId, name, document: input.document, published: publish },
    });
    if (publish) trail.tell('policy', id);
  });
  return getPolicy(database, actor, id);
}

async function findProject(tx: Transaction, projectId: string | undefined): Promise<string> {
  const project = await tx.project.findFirst({
    where: { ...(projectId ? { id: projectId } : { isDefault: true }), archivedAt: null },
    select: { id: true },
  });
  if (!project) throw notFound('project');
  return project.id;
}

async function requireRoom(tx: Transaction, projectId: string, name: string): Promise<void> {
  const live = { projectId, archivedAt: null };
  if (await tx.policy.count({ where: { ...live, name: { equals: name, mode: 'insensitive' } } }))
    throw new ApiError('conflict', `There is a policy ${name} in this project already.`);
  if ((await tx.policy.count({ where: live })) >= MAX_POLICIES)
    throw new ApiError('conflict', 'There are 200 policies in this project already: archive some first.');
}
