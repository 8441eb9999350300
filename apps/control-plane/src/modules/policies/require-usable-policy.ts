import type { Transaction } from '@trunkline/prisma';
import { invalidField } from '../../http/api-error.js';

/**
 * That a key or project may be given a policy: one of this project with a version in force.
 * @param field of the request
 * @throws ApiError `invalid_request` that names the field
 */
export async function requireUsablePolicy(
  tx: Transaction,
  field: string,
  projectId: string,
  policyId: string | null | undefined,
): Promise<void> {
  if (!policyId) return;
  const policy = await tx.policy.findFirst({
    where: { id: policyId, projectId, archivedAt: null },
    select: { name: true, publishedVersionId: true },
  });
  if (!policy) throw invalidField(field, `${field}: the project has no such policy.`);
  if (policy.publishedVersionId === null)
    throw invalidField(field, `${field}: ${policy.name} has drafts alone. Publish one first.`);
}
