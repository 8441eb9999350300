import type { SqlPool } from '@trunkline/prisma';

/** How far ahead the daily job makes partitions. */
const MONTHS_AHEAD = 3;

/** Partitions of the tables by time. Those that are known to be there are remembered. */
export class MonthPartitions {
  private readonly known = new Set<string>();

  constructor(private readonly pool: SqlPool) {}

  /** Makes the partitions of this month and of three ahead. */
  async ensureAhead(now = new Date()): Promise<void> {
    await this.pool.query('SELECT ensure_month_partitions($1, $2)', [now, MONTHS_AHEAD]);
  }

  /** Makes the partitions that rows of these times need, each in a transaction of its own. */
  async ensureFor(times: readonly Date[]): Promise<void> {
    const missing = new Map(times.map((time) => [time.toISOString().slice(0, 7), time]));
    for (const [month, time] of missing) {
      if (this.known.has(month)) continue;
      await this.pool.query('SELECT ensure_month_partitions($1, 0)', [time]);
      this.known.add(month);
    }
  }
}
