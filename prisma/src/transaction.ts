import type { Prisma, PrismaClient } from './generated/client.js';

/** What a verb writes through, inside its transaction. */
export type Transaction = Prisma.TransactionClient;

/** Anything that queries can be sent through: a client or a transaction. */
export type Queryable = PrismaClient | Transaction;

/**
 * Runs a verb in one transaction (read committed): all of its writes, its audit row and its outbox row, or nothing.
 * Write the outbox row last: its lock is held until the commit, and everybody who changes anything waits for it.
 */
export function inTransaction<Result>(
  client: PrismaClient,
  work: (tx: Transaction) => Promise<Result>,
): Promise<Result> {
  return client.$transaction(work);
}
