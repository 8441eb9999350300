import type { PlatformLedger } from '@trunkline/contracts/control-plane';
import type { Database } from '../../database/database.module.js';

interface AccountSum {
  kind: string;
  provider_id: string | null;
  amount: bigint;
}

/** Balances of the platform's accounts, summed from the entries themselves: what customers got bears a minus. */
export async function getPlatformLedger({ client }: Database): Promise<PlatformLedger> {
  const rows = await client.$queryRaw<AccountSum[]>`
    SELECT account.kind::text AS kind, account.provider_id, sum(entry.sum)::bigint AS amount
    FROM (SELECT account_id, sum(amount_nano_usd) AS sum FROM ledger_entry GROUP BY account_id) AS entry
    JOIN ledger_account account ON account.id = entry.account_id
    GROUP BY 1, 2 ORDER BY 1, 2`;
  const sumOf = (kind: string) =>
    rows.filter((row) => row.kind === kind).reduce((sum, { amount }) => sum + amount, 0n);
  return {
    walletsNanoUsd: sumOf('wallet').toString(),
    revenueNanoUsd: sumOf('revenue').toString(),
    promotionsNanoUsd: (-sumOf('promotions')).toString(),
    overrunNanoUsd: (-sumOf('overrun')).toString(),
    providers: rows
      .filter((row) => row.kind === 'provider_payable')
      .map((row) => ({ providerId: row.provider_id ?? '', payableNanoUsd: row.amount.toString() })),
    sumNanoUsd: rows.reduce((sum, { amount }) => sum + amount, 0n).toString(),
  };
}
