import { changeAsMember } from '../../database/change.js';
import type { Database } from '../../database/database.module.js';
import type { MemberActor } from '../../http/actor.js';
import { ApiError, notFound } from '../../http/api-error.js';

/** Takes a policy out of use; its versions stay for the log's sake. @throws ApiError `conflict` while it is in use */
export function archivePolicy(database: Database, actor: MemberActor, id: string): Promise<void> {
  return changeAsMember(database, actor, 'admin', async (tx, trail) => {
    const policy = await tx.policy.findFirst({ where: { id, archivedAt: null } });
    if (!policy) throw notFound('policy');
    await tx.policy.update({ where: { id }, data: { archivedAt: new Date() } });
    const [keys, project] = await Promise.all([
      tx.apiKey.count({ where: { policyId: id, revokedAt: null } }),
      tx.project.findFirst({ where: { defaultPolicyId: id }, select: { name: true } }),
    ]);
    const users = [
      ...(project ? [`the project ${project.name}, as its default`] : []),
      ...(keys > 0 ? [keys === 1 ? 'one key' : `${keys} keys`] : []),
    ];
    if (users.length > 0) throw new ApiError('conflict', `This policy is in use by ${users.join(' and ')}.`);
    trail.audit({
      action: 'policy.archive',
      targetKind: 'policy',
      targetId: id,
      before: { name: policy.name, projectId: policy.projectId },
    });
    trail.tell('policy', id);
  });
}
