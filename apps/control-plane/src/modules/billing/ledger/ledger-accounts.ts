import type { Pool } from 'pg';
import { uuidv7 } from 'uuidv7';

export type PlatformAccount = 'revenue' | 'promotions' | 'overrun';
export type ProviderAccount = 'provider_cost' | 'provider_payable';

/** An account's name: its kind, and whose it is. */
export type AccountName =
  | { kind: 'wallet'; walletId: string }
  | { kind: PlatformAccount }
  | { kind: ProviderAccount; providerId: string };

const walletOf = (name: AccountName) => ('walletId' in name ? name.walletId : null);
const providerOf = (name: AccountName) => ('providerId' in name ? name.providerId : null);
const textOf = (name: AccountName) => `${name.kind} ${walletOf(name) ?? providerOf(name) ?? ''}`;

/**
 * Makes the accounts that are missing; wallets that there are not get none.
 * Parameters: ids, kinds, wallets, providers, one place per account.
 */
export const ENSURE_ACCOUNTS = `
  INSERT INTO ledger_account (id, kind, wallet_id, provider_id)
  SELECT row.id, row.kind::ledger_account_kind, row.wallet_id, row.provider_id
  FROM unnest($1::uuid[], $2::text[], $3::uuid[], $4::text[]) AS row (id, kind, wallet_id, provider_id)
  WHERE row.wallet_id IS NULL OR EXISTS (SELECT FROM wallet WHERE wallet.id = row.wallet_id)
  ON CONFLICT DO NOTHING`;

const FIND_ACCOUNTS = `
  SELECT account.id, account.kind, account.wallet_id, account.provider_id
  FROM ledger_account account
  JOIN unnest($1::text[], $2::uuid[], $3::text[]) AS row (kind, wallet_id, provider_id)
    ON account.kind = row.kind::ledger_account_kind
   AND account.wallet_id IS NOT DISTINCT FROM row.wallet_id
   AND account.provider_id IS NOT DISTINCT FROM row.provider_id`;

interface AccountRow {
  id: string;
  kind: AccountName['kind'];
  wallet_id: string | null;
  provider_id: string | null;
}

/**
 * Ids of ledger accounts, kept in memory: the database lets no account change or go. New ones are made outside of the
 * caller's transaction, so that what is kept was committed.
 */
export class LedgerAccounts {
  private readonly ids = new Map<string, string>();

  constructor(private readonly pool: Pool) {}

  /** Makes what is missing. Call it before the transaction that uses {@link idOf}. */
  async ensure(names: readonly AccountName[]): Promise<void> {
    const missing = new Map(names.map((name) => [textOf(name), name]));
    for (const text of missing.keys()) if (this.ids.has(text)) missing.delete(text);
    if (missing.size === 0) return;
    const accounts = [...missing.values()];
    const identity = [accounts.map((name) => name.kind), accounts.map(walletOf), accounts.map(providerOf)];
    await this.pool.query(ENSURE_ACCOUNTS, [accounts.map(() => uuidv7()), ...identity]);
    const { rows } = await this.pool.query<AccountRow>(FIND_ACCOUNTS, identity);
    for (const row of rows) this.ids.set(`${row.kind} ${row.wallet_id ?? row.provider_id ?? ''}`, row.id);
  }

  /** The account's id; undefined for a wallet that there is not. */
  idOf(name: AccountName): string | undefined {
    return this.ids.get(textOf(name));
  }
}
