import { Injectable } from '@nestjs/common';
import type { WalletSnapshot } from '@trunkline/wallet-state';
import { GatewayDatabase } from './gateway-database.js';

interface SnapshotRow {
  credited: string;
  sequence: string;
  charged: string;
  spools: [id: string, position: string][];
  budgets: [id: string, periodStartMs: string, charged: string][];
}

/** Reads wallets as Postgres has them. */
@Injectable()
export class WalletSnapshots {
  constructor(private readonly database: GatewayDatabase) {}

  /**
   * Credited, charged, budgets of current periods and the confirmed number of every spool. One statement, so that all
   * of it comes from one snapshot. Null when there is no such wallet.
   * @throws when Postgres does not answer
   */
  async read(walletId: string): Promise<WalletSnapshot | null> {
    const [row] = await this.database.query<SnapshotRow>(
      `SELECT w.credited_nano_usd AS credited, w.credited_sequence AS sequence, w.charged_nano_usd AS charged,
              coalesce((SELECT json_agg(json_build_array(s.id, s.position::text)) FROM spool s), '[]') AS spools,
              coalesce((SELECT json_agg(json_build_array(b.budget_id,
                                        round(extract(epoch FROM b.period_start) * 1000)::bigint::text,
                                        b.charged_nano_usd::text))
                          FROM budget_charge b
                         WHERE b.wallet_id = w.id
                           AND (b.period_start > now() - interval '32 days' OR b.period_start = to_timestamp(0))), '[]')
                AS budgets
         FROM wallet w WHERE w.id = $1`,
      [walletId],
    );
    if (!row) return null;
    return {
      creditedNanoUsd: BigInt(row.credited),
      creditedSequence: BigInt(row.sequence),
      chargedNanoUsd: BigInt(row.charged),
      spools: row.spools.map(([id, position]) => ({ id, position: Number(position) })),
      budgets: row.budgets.map(([id, periodStartMs, charged]) => ({
        id,
        periodStartMs: Number(periodStartMs),
        chargedNanoUsd: BigInt(charged),
      })),
    };
  }

  /** Wallets whose credited sum moved within a day. @throws when Postgres does not answer */
  async creditedOfLate(): Promise<string[]> {
    const rows = await this.database.query<{ id: string }>(
      `SELECT DISTINCT entity_id AS id FROM outbox WHERE kind = 'wallet' AND created_at > now() - interval '1 day'`,
    );
    return rows.map((row) => row.id);
  }

  /** What the ledger has credited to these wallets. @throws when Postgres does not answer */
  async credits(
    walletIds: readonly string[],
  ): Promise<{ walletId: string; creditedNanoUsd: bigint; sequence: bigint }[]> {
    const rows = await this.database.query<{ id: string; credited: string; sequence: string }>(
      'SELECT id, credited_nano_usd AS credited, credited_sequence AS sequence FROM wallet WHERE id = ANY($1::uuid[])',
      [walletIds],
    );
    return rows.map((row) => ({
      walletId: row.id,
      creditedNanoUsd: BigInt(row.credited),
      sequence: BigInt(row.sequence),
    }));
  }
}
