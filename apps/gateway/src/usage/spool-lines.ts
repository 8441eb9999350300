import type { EndedRecord } from '@trunkline/contracts';
import type { Spool, WrittenRecord } from './spool/spool.js';
import { WalletLine } from './wallet-line.js';

const MAX_LINES = 100_000;

/** The lines of one spool, by wallet. */
export class SpoolLines {
  private readonly lines = new Map<string, WalletLine>();

  /**
   * @param floor no wallet that has no line had a record above this number
   */
  constructor(
    readonly spool: Spool,
    private floor: number,
  ) {}

  get(walletId: string): WalletLine | undefined {
    return this.lines.get(walletId);
  }

  all(): Iterable<WalletLine> {
    return this.lines.values();
  }

  add(written: readonly WrittenRecord[]): Set<WalletLine> {
    const touched = new Set<WalletLine>();
    for (const { number, record } of written) {
      if (record.kind !== 'ended') continue;
      const line = this.line(record.walletId);
      line.add(number, record);
      touched.add(line);
    }
    return touched;
  }

  /** Reads records of some wallets back from the spool, up to what their lines know of. */
  async readBack(
    wallets: ReadonlySet<string>,
    pause: () => Promise<void>,
  ): Promise<Map<string, { number: number; record: EndedRecord }[]>> {
    const found = new Map([...wallets].map((id) => [id, [] as { number: number; record: EndedRecord }[]]));
    for (const frames of this.spool.kept()) {
      for (const { number, payload } of frames) {
        if (!payload.startsWith('{"kind":"ended"')) continue;
        const record = JSON.parse(payload) as EndedRecord;
        const line = this.lines.get(record.walletId);
        // What the line has not heard of yet comes by itself.
        if (line && number <= line.last) found.get(record.walletId)?.push({ number, record });
      }
      await pause();
    }
    return found;
  }

  private line(walletId: string): WalletLine {
    let line = this.lines.get(walletId);
    if (!line) {
      if (this.lines.size >= MAX_LINES) this.forgetOne();
      this.lines.set(walletId, (line = new WalletLine(this.spool, walletId, this.floor)));
    }
    return line;
  }

  /** The oldest that has nothing to do; if it comes back, nothing is taken for granted of it. */
  private forgetOne(): void {
    for (const line of this.lines.values()) {
      if (line.queue.length > 0 || line.isBusy) continue;
      this.lines.delete(line.walletId);
      this.floor = Math.max(this.floor, line.last);
      return;
    }
  }
}
