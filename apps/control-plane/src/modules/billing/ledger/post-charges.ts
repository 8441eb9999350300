import type { SqlConnection } from '@trunkline/prisma';
import type { AccountName, LedgerAccounts } from './ledger-accounts.js';
import { UnknownWalletError } from './ledger.errors.js';

/** What one call costs its customer, and us. */
export interface Charge {
  /** The call's id: source of the ledger transaction, and its id. */
  callId: string;
  walletId: string;
  costNanoUsd: bigint;
  /** What each provider charges us; no zeros. */
  providerCosts: readonly { providerId: string; nanoUsd: bigint }[];
}

/** What became of charges. */
export interface PostedCharges {
  /** Wallets whose `credited` was raised: gateways have to hear of them (outbox `wallet`). */
  creditedWalletIds: string[];
  /** Sum of what was given back because balances lacked it. */
  overrunNanoUsd: bigint;
}

/** The accounts that charges move. Have them ensured before the transaction begins. */
export function accountsOf(charges: readonly Charge[]): AccountName[] {
  const names: AccountName[] = [{ kind: 'revenue' }, { kind: 'overrun' }];
  for (const walletId of new Set(charges.map((charge) => charge.walletId)))
    names.push({ kind: 'wallet', walletId });
  for (const providerId of new Set(
    charges.flatMap((charge) => charge.providerCosts.map((cost) => cost.providerId)),
  )) {
    names.push({ kind: 'provider_cost', providerId }, { kind: 'provider_payable', providerId });
  }
  return names;
}

/**
 * Posts charges in the caller's transaction: one ledger transaction per call that cost anything, each wallet's
 * `charged`, and, where the balance lacks what a call cost, the lack given back from the platform's overrun account, in
 * the call's own ledger transaction. The charge is always the full cost, and no balance is ever below zero.
 *
 * Wallets are locked in id order. Posting a call twice violates a unique key: callers pass only calls that are new.
 * @throws UnknownWalletError when a charge names a wallet that there is not
 */
export async function postCharges(
  client: SqlConnection,
  accounts: LedgerAccounts,
  charges: readonly Charge[],
): Promise<PostedCharges> {
  const due = charges.filter((charge) => charge.costNanoUsd > 0n || charge.providerCosts.length > 0);
  if (due.length === 0) return { creditedWalletIds: [], overrunNanoUsd: 0n };
  const free = await lockWallets(client, due);
  const moves = new Map<string, WalletMove>();
  const entries = new EntryRows(accounts);
  for (const charge of due) {
    const lack = addCharge(moves, free, charge);
    entries.add(charge, lack);
  }
  const sequences = await insertTransactions(client, due, moves);
  await entries.insert(client);
  await moveWallets(client, moves, sequences);
  const credited = [...moves].filter(([, move]) => move.overrunNanoUsd > 0n);
  return {
    creditedWalletIds: credited.map(([walletId]) => walletId),
    overrunNanoUsd: credited.reduce((sum, [, move]) => sum + move.overrunNanoUsd, 0n),
  };
}

interface WalletMove {
  chargedNanoUsd: bigint;
  overrunNanoUsd: bigint;
  /** The last call whose lack was given back. */
  lastOverrunCallId: string | null;
}

/** @returns each wallet's balance */
async function lockWallets(client: SqlConnection, charges: readonly Charge[]): Promise<Map<string, bigint>> {
  const walletIds = [...new Set(charges.map((charge) => charge.walletId))];
  const { rows } = await client.query<{ id: string; free: string }>(
    `SELECT id, credited_nano_usd - charged_nano_usd AS free FROM wallet
     WHERE id = ANY($1::uuid[]) ORDER BY id FOR NO KEY UPDATE`,
    [walletIds],
  );
  const free = new Map(rows.map((row) => [row.id, BigInt(row.free)]));
  const unknown = walletIds.find((walletId) => !free.has(walletId));
  if (unknown !== undefined) throw new UnknownWalletError(unknown);
  return free;
}

/** @returns what the balance lacked for this charge */
function addCharge(moves: Map<string, WalletMove>, free: Map<string, bigint>, charge: Charge): bigint {
  const balance = free.get(charge.walletId) ?? 0n;
  const lack = charge.costNanoUsd > balance ? charge.costNanoUsd - balance : 0n;
  free.set(charge.walletId, balance - charge.costNanoUsd + lack);
  const before = moves.get(charge.walletId);
  moves.set(charge.walletId, {
    chargedNanoUsd: (before?.chargedNanoUsd ?? 0n) + charge.costNanoUsd,
    overrunNanoUsd: (before?.overrunNanoUsd ?? 0n) + lack,
    lastOverrunCallId: lack > 0n ? charge.callId : (before?.lastOverrunCallId ?? null),
  });
  return lack;
}

/** @returns sequence by call id, of the calls that moved a wallet's `credited` last */
async function insertTransactions(
  client: SqlConnection,
  charges: readonly Charge[],
  moves: ReadonlyMap<string, WalletMove>,
): Promise<Map<string, string>> {
  await client.query(
    `INSERT INTO ledger_transaction (id, kind, source_id)
     SELECT id, 'charge', id::text FROM unnest($1::uuid[]) WITH ORDINALITY AS row (id, place) ORDER BY place`,
    [charges.map((charge) => charge.callId)],
  );
  const overruns = [...moves.values()].flatMap((move) => move.lastOverrunCallId ?? []);
  if (overruns.length === 0) return new Map();
  const { rows } = await client.query<{ id: string; sequence: string }>(
    'SELECT id, sequence FROM ledger_transaction WHERE id = ANY($1::uuid[])',
    [overruns],
  );
  return new Map(rows.map((row) => [row.id, row.sequence]));
}

async function moveWallets(
  client: SqlConnection,
  moves: ReadonlyMap<string, WalletMove>,
  sequences: ReadonlyMap<string, string>,
): Promise<void> {
  const rows = [...moves].map(([walletId, move]) => ({
    walletId,
    ...move,
    sequence: sequences.get(move.lastOverrunCallId ?? '') ?? null,
  }));
  await client.query(
    `UPDATE wallet SET
       charged_nano_usd = charged_nano_usd + row.charged,
       credited_nano_usd = credited_nano_usd + row.overrun,
       credited_sequence = coalesce(row.sequence, credited_sequence)
     FROM unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::bigint[]) AS row (id, charged, overrun, sequence)
     WHERE wallet.id = row.id`,
    [
      rows.map((row) => row.walletId),
      rows.map((row) => row.chargedNanoUsd.toString()),
      rows.map((row) => row.overrunNanoUsd.toString()),
      rows.map((row) => row.sequence),
    ],
  );
}

/** Entries in columns, as one statement takes them. */
class EntryRows {
  private readonly transactionIds: string[] = [];
  private readonly numbers: number[] = [];
  private readonly accountIds: string[] = [];
  private readonly amounts: string[] = [];

  constructor(private readonly accounts: LedgerAccounts) {}

  add({ callId, walletId, costNanoUsd, providerCosts }: Charge, lackNanoUsd: bigint): void {
    let number = 0;
    const entry = (name: AccountName, nanoUsd: bigint): void => {
      if (nanoUsd === 0n) return;
      const accountId = this.accounts.idOf(name);
      if (accountId === undefined) throw new UnknownWalletError(walletId);
      this.transactionIds.push(callId);
      this.numbers.push((number += 1));
      this.accountIds.push(accountId);
      this.amounts.push(nanoUsd.toString());
    };
    entry({ kind: 'wallet', walletId }, -costNanoUsd);
    entry({ kind: 'revenue' }, costNanoUsd);
    entry({ kind: 'wallet', walletId }, lackNanoUsd);
    entry({ kind: 'overrun' }, -lackNanoUsd);
    for (const { providerId, nanoUsd } of providerCosts) {
      entry({ kind: 'provider_cost', providerId }, -nanoUsd);
      entry({ kind: 'provider_payable', providerId }, nanoUsd);
    }
  }

  async insert(client: SqlConnection): Promise<void> {
    await client.query(
      `INSERT INTO ledger_entry (transaction_id, number, account_id, amount_nano_usd)
       SELECT * FROM unnest($1::uuid[], $2::smallint[], $3::uuid[], $4::bigint[])`,
      [this.transactionIds, this.numbers, this.accountIds, this.amounts],
    );
  }
}
