import type { PolicyDocument } from '@trunkline/contracts';
import type { Transaction } from '@trunkline/prisma';
import { uuidv7 } from 'uuidv7';
import type { MemberActor } from '../../http/actor.js';
import { storedDocument } from './check-document.js';

interface NewVersion {
  policyId: string;
  number: number;
  document: PolicyDocument;
  note: string | null;
  publish: boolean;
}

/** Writes a version, and puts it in force where that was asked for. Its number was taken with the policy's row. */
export async function addVersion(
  tx: Transaction,
  { organizationId, userId: authorUserId }: MemberActor,
  { policyId, number, document, note, publish }: NewVersion,
): Promise<string> {
  const id = uuidv7();
  const stored = storedDocument(document);
  await tx.policyVersion.create({
    data: { id, organizationId, policyId, number, document: stored, note: note || null, authorUserId },
  });
  if (publish)
    await tx.policy.update({
      where: { id: policyId },
      data: { publishedVersionId: id, publishedAt: new Date() },
    });
  return id;
}
