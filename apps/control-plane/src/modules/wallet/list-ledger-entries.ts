import {
  LEDGER_KINDS,
  type LedgerEntry,
  type ListLedgerEntriesQuery,
} from '@trunkline/contracts/control-plane';
import { forOrganization } from '@trunkline/prisma';
import { z } from 'zod';
import type { Database } from '../../database/database.module.js';
import { decodeCursor, encodeCursor, NUMBER_PART, pageFrom, UUID_PART } from '../../database/keyset.js';
import type { MemberActor } from '../../http/actor.js';
import { notFound } from '../../http/api-error.js';

const ledgerKind = z.enum(LEDGER_KINDS).catch('correction');

/**
 * Entries of the organization's wallet, newest first: a transaction's id is a UUIDv7 (of a charge, its call's). A call that
 * cost more than the balance has two: the charge, and what was given back.
 */
export async function listLedgerEntries(
  { client }: Database,
  actor: MemberActor,
  query: ListLedgerEntriesQuery,
) {
  const account = await forOrganization(client, actor.organizationId).organizationAccount.findFirst({
    select: { walletId: true },
  });
  if (!account) throw notFound('wallet');
  // The ledger belongs to no tenant: what narrows it is the wallet of the tenant's account.
  const ledgerAccount = await client.ledgerAccount.findFirst({
    where: { kind: 'wallet', walletId: account.walletId },
    select: { id: true },
  });
  if (!ledgerAccount) return { items: [], nextCursor: null };
  const [after, number] = query.cursor ? decodeCursor(query.cursor, [UUID_PART, NUMBER_PART]) : [];
  const rows = await client.ledgerEntry.findMany({
    where: {
      accountId: ledgerAccount.id,
      ...(after
        ? { OR: [{ transactionId: { lt: after } }, { transactionId: after, number: { gt: Number(number) } }] }
        : {}),
      ...(query.kind ? { transaction: { kind: { in: query.kind } } } : {}),
    },
    include: { transaction: true },
    orderBy: [{ transactionId: 'desc' }, { number: 'asc' }],
    take: query.limit + 1,
  });
  const page = pageFrom(rows, query.limit, (row) => encodeCursor(row.transactionId, String(row.number)));
  return {
    nextCursor: page.nextCursor,
    items: page.items.map(({ transaction, amountNanoUsd }): LedgerEntry => ({
      transactionId: transaction.id,
      sequence: transaction.sequence.toString(),
      kind: ledgerKind.parse(transaction.kind),
      sourceId: transaction.sourceId,
      description: transaction.description,
      amountNanoUsd: amountNanoUsd.toString(),
      createdAt: transaction.createdAt.toISOString(),
    })),
  };
}
