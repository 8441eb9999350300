import type { SqlPool } from '@trunkline/prisma';
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

const FIND = `
  SELECT account.id, account.kind, account.wallet_id, account.provider_id
  FROM ledger_account account
  JOIN unnest($1::text[], $2::uuid[], $3::text[]) AS row (kind, wallet_id, provider_id)
    ON account.kind = row.kind::ledger_account_kind
   AND account.wallet_id IS NOT DISTINCT FROM row.wallet_id
   AND account.provider_id IS NOT DISTINCT FROM row.provider_id`;

// In one order, so that two processes that make the same ones do not wait for each other in a circle.
const MAKE = `
  INSERT INTO ledger_account (id, kind, provider_id)
  SELECT row.id, row.kind::ledger_account_kind, row.provider_id
  FROM unnest($1::uuid[], $2::text[], $3::text[]) AS row (id, kind, provider_id)
  ORDER BY row.kind, row.provider_id
  ON CONFLICT DO NOTHING`;

interface AccountRow {
  id: string;
  kind: AccountName['kind'];
  wallet_id: string | null;
  provider_id: string | null;
}

/**
 * Ids of ledger accounts, kept in memory: the database lets no account change or go. The platform's and the wallets'
 * accounts are there from the start. A provider's are made when it is first met, outside of the caller's transaction, so
 * that what is kept was committed.
 */
export class LedgerAccounts {
  private readonly ids = new Map<string, string>();

  constructor(private readonly pool: SqlPool) {}

  /** Looks up what is not known, and makes what is missing. Call it before the transaction that uses {@link idOf}. */
  async ensure(names: readonly AccountName[]): Promise<void> {
    await this.find(names);
    const missing = this.unknown(names).filter((name) => 'providerId' in name);
    if (missing.length === 0) return;
    await this.pool.query(MAKE, [
      missing.map(() => uuidv7()),
      missing.map((name) => name.kind),
      missing.map(providerOf),
    ]);
    await this.find(missing);
  }

  /** The account's id; undefined for a wallet that there is not. */
  idOf(name: AccountName): string | undefined {
    return this.ids.get(textOf(name));
  }

  private async find(names: readonly AccountName[]): Promise<void> {
    const unknown = this.unknown(names);
    if (unknown.length === 0) return;
    const { rows } = await this.pool.query<AccountRow>(FIND, [
      unknown.map((name) => name.kind),
      unknown.map(walletOf),
      unknown.map(providerOf),
    ]);
    for (const row of rows) this.ids.set(`${row.kind} ${row.wallet_id ?? row.provider_id ?? ''}`, row.id);
  }

  private unknown(names: readonly AccountName[]): AccountName[] {
    const byText = new Map(names.map((name) => [textOf(name), name]));
    return [...byText].filter(([text]) => !this.ids.has(text)).map(([, name]) => name);
  }
}
