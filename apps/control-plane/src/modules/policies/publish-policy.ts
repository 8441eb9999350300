import type { Policy } from '@trunkline/contracts/control-plane';
import { changeAsMember } from '../../database/change.js';
import type { Database } from '../../database/database.module.js';
import type { MemberActor } from '../../http/actor.js';
import { notFound } from '../../http/api-error.js';
import { getPolicy } from './read-policies.js';

/** Puts a version in force, on every gateway within 2 s. One that is older than what is in force rolls back. */
export async function publishPolicy(
  database: Database,
  actor: MemberActor,
  policyId: string,
  number: number,
): Promise<Policy> {
  await changeAsMember(database, actor, 'admin', async (tx, trail) => {
    const policy = await tx.policy.findFirst({
      where: { id: policyId, archivedAt: null },
      include: { published: { select: { number: true } } },
    });
    if (!policy) throw notFound('policy');
    const version = await tx.policyVersion.findFirst({ where: { policyId, number }, select: { id: true } });
    if (!version) throw notFound('version');
    const before = policy.published?.number ?? null;
    if (before === number) return;
    await tx.policy.update({
      where: { id: policyId },
      data: { publishedVersionId: version.id, publishedAt: new Date() },
    });
    trail.audit({
      action: before !== null && number < before ? 'policy.roll_back' : 'policy.publish',
      targetKind: 'policy',
      targetId: policyId,
      before: { version: before },
      after: { version: number },
    });
    trail.tell('policy', policyId);
  });
  return getPolicy(database, actor, policyId);
}
