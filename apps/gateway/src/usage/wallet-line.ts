import type { EndedRecord } from '@trunkline/contracts';
import type { SettleRecord } from '@trunkline/wallet-state';
import type { Spool } from './spool/spool.js';

/** The records of one wallet in one spool, on their way to Redis in the order of their numbers. */
export class WalletLine {
  /** Records that were not applied yet, as far as is known. */
  queue: SettleRecord[] = [];
  isBusy = false;
  /** Redis' time of its last answer about this line. */
  answeredMs = 0;
  /** Our own time of it. */
  heardMs = 0;
  /** Until then it is looked after, though nothing is left to apply. */
  watchUntilMs = 0;
  failures = 0;

  constructor(
    readonly spool: Spool,
    readonly walletId: string,
    /** Number of the last record that it knows of; of the last that there may have been, at first. */
    public last: number,
  ) {}

  add(number: number, record: EndedRecord): void {
    this.queue.push({
      before: this.last,
      number,
      costNanoUsd: BigInt(record.costNanoUsd),
      leaseId: record.id,
      budgets: record.budgets,
    });
    this.last = number;
  }

  /** Drops what is applied. */
  appliedUpTo(number: number): void {
    let count = 0;
    while (count < this.queue.length && (this.queue[count]?.number ?? 0) <= number) count += 1;
    if (count > 0) this.queue.splice(0, count);
  }

  /** The wallet lacks a record that comes before the ones at hand. */
  hasGap(applied: number): boolean {
    const [first] = this.queue;
    return first ? first.before > applied : applied < this.last;
  }

  /** Begins anew behind `applied` with records that were read back; what came meanwhile follows them. */
  restart(applied: number, records: readonly { number: number; record: EndedRecord }[]): void {
    const newer = this.queue;
    this.queue = [];
    let before = applied;
    for (const { number, record } of records) {
      if (number <= applied) continue;
      const { id: leaseId, costNanoUsd, budgets } = record;
      this.queue.push({ before, number, costNanoUsd: BigInt(costNanoUsd), leaseId, budgets });
      before = number;
    }
    for (const record of newer) {
      if (record.number <= before) continue;
      this.queue.push({ ...record, before });
      before = record.number;
    }
  }
}
