import type { SqlPool } from '@trunkline/prisma';
import { LedgerAccounts } from '../billing/index.js';
import { MonthPartitions } from './month-partitions.js';

/** What the ingestion works with; one per process, since it remembers accounts and partitions. */
export class UsageStore {
  readonly partitions: MonthPartitions;
  readonly accounts: LedgerAccounts;

  constructor(readonly pool: SqlPool) {
    this.partitions = new MonthPartitions(pool);
    this.accounts = new LedgerAccounts(pool);
  }
}
