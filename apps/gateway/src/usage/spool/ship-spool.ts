import type { UsageBatch } from '@trunkline/queues';
import type { Spool } from './spool.js';

/** Where batches go: BullMQ's producer, or a port in tests. */
export interface BatchSender {
  sendUsage(batch: UsageBatch, options: { again: boolean }): Promise<void>;
}

const TICK_MS = 50;
/** Records wait for others this long before they are synced and sent. */
const GATHER_MS = 150;
const MAX_UNDER_WAY = 8;
const MAX_RECORDS = 2_000;
const MAX_BYTES = 2 * 1024 * 1024;
const RESEND_MS = 5_000;

interface UnderWay {
  from: number;
  to: number;
  /** Null until the queue has taken it. */
  sentMs: number | null;
  again: boolean;
}

/**
 * Brings a spool's records to Postgres in batches `(from, to]`, each sent again until its position is confirmed. The
 * queue may lose every one of them.
 */
export class SpoolShipper {
  /** Nothing is sent while it is not known whether Postgres has records with these numbers already. */
  isHeld = false;
  private underWay: UnderWay[] = [];
  private sliced: number;
  private unsyncedSinceMs: number | null = null;
  private busy = false;
  private readonly timer: NodeJS.Timeout;

  constructor(
    private readonly spool: Spool,
    private readonly sender: BatchSender,
    private readonly onError: (error: unknown) => void,
  ) {
    this.sliced = spool.confirmed;
    this.timer = setInterval(() => void this.tick(), TICK_MS);
  }

  /** Nothing is left that the queue has not taken. */
  get handedOver(): boolean {
    return this.sliced >= this.spool.last && this.underWay.every((batch) => batch.sentMs !== null);
  }

  /** Postgres has everything up to here. */
  confirm(position: number): void {
    this.spool.confirm(position);
    this.underWay = this.underWay.filter((batch) => batch.to > position);
    const [first] = this.underWay;
    // A batch of an earlier life ended inside one of ours: no batch of ours begins where Postgres stands.
    if (position > this.sliced || (first && first.from < position)) {
      this.underWay = [];
      this.sliced = position;
    }
  }

  /** Sends what there is without waiting for more. */
  async tick(now = Date.now()): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    try {
      await this.syncWhenDue(now);
      this.slice();
      await this.send(now);
    } catch (error) {
      this.onError(error);
    } finally {
      this.busy = false;
    }
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private async syncWhenDue(now: number): Promise<void> {
    if (this.spool.shippable >= this.spool.last) {
      this.unsyncedSinceMs = null;
      return;
    }
    this.unsyncedSinceMs ??= now;
    if (now - this.unsyncedSinceMs < GATHER_MS) return;
    this.unsyncedSinceMs = null;
    await this.spool.sync();
  }

  private slice(): void {
    while (!this.isHeld && this.underWay.length < MAX_UNDER_WAY && this.sliced < this.spool.shippable) {
      const frames = this.spool.read(
        this.sliced + 1,
        Math.min(MAX_RECORDS, this.spool.shippable - this.sliced),
        MAX_BYTES,
      );
      const to = frames.at(-1)?.number;
      if (to === undefined) return;
      this.underWay.push({ from: this.sliced, to, sentMs: null, again: false });
      this.sliced = to;
    }
  }

  private async send(now: number): Promise<void> {
    for (const batch of [...this.underWay]) {
      const due = batch.sentMs === null || now - batch.sentMs > RESEND_MS;
      if (!due || !this.underWay.includes(batch)) continue;
      const records = this.spool.read(batch.from + 1, batch.to - batch.from, Number.MAX_SAFE_INTEGER);
      // Confirmed and removed meanwhile.
      if (records.length !== batch.to - batch.from) continue;
      await this.sender.sendUsage(
        {
          spool: this.spool.id,
          from: batch.from,
          to: batch.to,
          records: records.map((frame) => frame.payload),
        },
        { again: batch.again },
      );
      batch.sentMs = Date.now();
      batch.again = true;
      this.spool.shipped(batch.to);
    }
  }
}
