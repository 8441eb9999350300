import type { PolicyVersion, SavePolicyVersionInput } from '@trunkline/contracts/control-plane';
import type { Transaction } from '@trunkline/prisma';
import { changeAsMember } from '../../database/change.js';
import type { Database } from '../../database/database.module.js';
import type { MemberActor } from '../../http/actor.js';
import { ApiError, notFound } from '../../http/api-error.js';
import { addVersion } from './add-version.js';
import { checkDocument } from './check-document.js';
import { getPolicyVersion } from './list-policy-versions.js';

const MAX_VERSIONS = 10_000;

/** Saves a further version: a draft, unless it is to be in force at once. */
export async function savePolicyVersion(
  database: Database,
  actor: MemberActor,
  policyId: string,
  input: SavePolicyVersionInput,
): Promise<PolicyVersion> {
  await checkDocument(database, actor.organizationId, input.document);
  const versionId = await changeAsMember(database, actor, 'admin', async (tx, trail) => {
    const number = await takeNumber(tx, policyId, input.basedOn);
    const id = await addVersion(tx, actor, { policyId, number, ...input });
    trail.audit({
      action: 'policy.save_version',
      targetKind: 'policy',
      targetId: policyId,
      after: { version: number, document: input.document, published: input.publish },
    });
    if (input.publish) trail.tell('policy', policyId);
    return id;
  });
  return getPolicyVersion(database, actor, versionId);
}

/** The next number, with the policy's row locked. */
async function takeNumber(tx: Transaction, policyId: string, basedOn: number | undefined): Promise<number> {
  const [policy] = await tx.policy.updateManyAndReturn({
    where: { id: policyId, archivedAt: null },
    data: { versionCount: { increment: 1 } },
    select: { versionCount: true },
  });
  if (!policy) throw notFound('policy');
  const latest = policy.versionCount - 1;
  if (basedOn !== undefined && basedOn !== latest) {
    throw new ApiError(
      'conflict',
      `Version ${latest} was saved meanwhile, and this one is based on version ${basedOn}: look at what changed.`,
    );
  }
  if (latest >= MAX_VERSIONS)
    throw new ApiError('conflict', 'This policy has 10,000 versions: create a new one.');
  return policy.versionCount;
}
