import type { OutboxKind } from '@trunkline/contracts';
import type { ClientBase } from 'pg';
import type { Transaction } from './transaction.js';

/**
 * Tells the gateways that a row changed: takes the outbox lock and writes the row, to be committed with the change.
 * Call it last in the transaction: the lock is held until the commit.
 * @returns the revision
 */
export async function writeOutbox(tx: Transaction, kind: OutboxKind, entityId: string): Promise<bigint> {
  const rows = await tx.$queryRaw<{ revision: bigint }[]>`SELECT write_outbox(${kind}, ${entityId}) AS revision`;
  return revisionOf(rows);
}

/** The same inside a transaction of a plain connection. */
export async function writeOutboxSql(client: ClientBase, kind: OutboxKind, entityId: string): Promise<bigint> {
  const { rows } = await client.query<{ revision: string }>('SELECT write_outbox($1, $2) AS revision', [kind, entityId]);
  return revisionOf(rows);
}

function revisionOf(rows: readonly { revision: bigint | string }[]): bigint {
  const revision = rows[0]?.revision;
  if (revision === undefined) throw new Error('write_outbox returned nothing');
  return BigInt(revision);
}
