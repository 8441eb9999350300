import type { Transaction } from '@trunkline/prisma';
import { writeOutbox } from '@trunkline/prisma';
import { uuidv7 } from 'uuidv7';
import { UnknownWalletError } from './ledger.errors.js';

export interface CreditGrant {
  walletId: string;
  /** Positive. */
  amountNanoUsd: bigint;
  /** What the grant is for: a second one with the same source is the same grant. */
  sourceId: string;
  description: string;
  /** The operator; null when the platform grants by itself. */
  actorUserId: string | null;
}

/** A grant as it was posted. */
export interface PostedGrant {
  transactionId: string;
  /** False when this source had been granted before. */
  created: boolean;
}

/**
 * Grants credit in the caller's transaction: promotions → wallet, `credited` raised with its sequence, and the outbox
 * row that brings it to the gateways. Idempotent by source. Call it last: the outbox row's lock is held until the commit.
 * @throws RangeError when the amount is not positive
 * @throws UnknownWalletError when there is no such wallet
 */
export async function grantCredit(tx: Transaction, grant: CreditGrant): Promise<PostedGrant> {
  if (grant.amountNanoUsd <= 0n) throw new RangeError('a grant is positive');
  // The lock comes before the sequence, so that a wallet's sequence grows with each of its transactions.
  const wallets = await tx.$queryRaw<
    unknown[]
  >`SELECT id FROM wallet WHERE id = ${grant.walletId}::uuid FOR NO KEY UPDATE`;
  if (wallets.length === 0) throw new UnknownWalletError(grant.walletId);

  const source = { kind: 'grant', sourceId: grant.sourceId };
  const earlier = await tx.ledgerTransaction.findUnique({
    where: { kind_sourceId: source },
    select: { id: true },
  });
  if (earlier) return { transactionId: earlier.id, created: false };

  const promotions = await accountId(tx, 'promotions', null);
  const wallet = await accountId(tx, 'wallet', grant.walletId);
  const { id: transactionId, sequence } = await tx.ledgerTransaction.create({
    data: { id: uuidv7(), ...source, description: grant.description, actorUserId: grant.actorUserId },
    select: { id: true, sequence: true },
  });
  await tx.ledgerEntry.createMany({
    data: [
      { transactionId, number: 1, accountId: promotions, amountNanoUsd: -grant.amountNanoUsd },
      { transactionId, number: 2, accountId: wallet, amountNanoUsd: grant.amountNanoUsd },
    ],
  });
  await tx.wallet.update({
    where: { id: grant.walletId },
    data: { creditedNanoUsd: { increment: grant.amountNanoUsd }, creditedSequence: sequence },
  });
  await writeOutbox(tx, 'wallet', grant.walletId);
  return { transactionId, created: true };
}

/** The platform's accounts and the wallets' are there from the start. */
async function accountId(
  tx: Transaction,
  kind: 'wallet' | 'promotions',
  walletId: string | null,
): Promise<string> {
  const account = await tx.ledgerAccount.findFirstOrThrow({
    where: { kind, walletId },
    select: { id: true },
  });
  return account.id;
}
