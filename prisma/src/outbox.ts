import type { OutboxKind } from '@trunkline/contracts';
import type { Transaction } from './transaction.js';

/**
 * Tells the gateways that a row changed. Call it last in the transaction of the change: the row takes the outbox lock,
 * which is held until the commit, so that revisions appear in the order in which they commit.
 * @returns the revision
 */
export async function writeOutbox(tx: Transaction, kind: OutboxKind, entityId: string): Promise<bigint> {
  const { revision } = await tx.outbox.create({ data: { kind, entityId }, select: { revision: true } });
  return revision;
}
