import { setImmediate as immediate } from 'node:timers/promises';
import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Logger } from '@trunkline/observability';
import type { SettleAnswer, WalletStanding } from '@trunkline/wallet-state';
import { LeaseBook } from '../limits/lease-book.js';
import { WalletLoader } from '../limits/wallet-loader.js';
import { WalletRedis } from '../limits/wallet-redis.js';
import { WalletStandings } from '../limits/wallet-standings.js';
import { NodeSpools } from './spool/node-spools.js';
import type { Spool, WrittenRecord } from './spool/spool.js';
import { SpoolLines } from './spool-lines.js';
import { usageMetrics } from './usage-metrics.js';
import type { WalletLine } from './wallet-line.js';

const RECORDS_PER_COMMAND = 64;
const LOOK_EVERY_MS = 2_000;
const TICK_MS = 250;
/** So long after its last record was confirmed, a wallet is looked after: a load on its way may lack the record. */
const WATCH_MS = 10_000;
const SETTLING_MS = 2_000;

/**
 * Applies records to the wallets in Redis: in the order of their numbers, again and again until Redis has them, off
 * the request path. Where Redis lacks something, it is read back from the spool, or, where the spool no longer has
 * it, the wallet is loaded anew.
 */
@Injectable()
export class WalletSettler implements OnModuleInit, OnModuleDestroy {
  private readonly spools = new Map<Spool, SpoolLines>();
  private readonly readingBack = new Map<SpoolLines, Map<WalletLine, number>>();
  private readonly reading = new Set<SpoolLines>();
  private epochSinceMs = 0;
  /** Records found before it is known which Redis there is; null from the start on. */
  private early: { spool: Spool; written: readonly WrittenRecord[] }[] | null = [];
  private timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly redis: WalletRedis,
    private readonly loader: WalletLoader,
    private readonly book: LeaseBook,
    private readonly nodeSpools: NodeSpools,
    private readonly logger: Logger,
    standings: WalletStandings,
  ) {
    nodeSpools.onWritten((spool, written) => this.add(spool, written));
    nodeSpools.onRemoving((spool, upTo) => this.beforeRemoval(spool, upTo));
    standings.listen((walletId, standing) => this.heardElsewhere(walletId, standing));
    redis.onHealthy(() => this.tick());
    redis.onEpoch(() => this.lookAtAll());
  }

  onModuleInit(): void {
    const early = this.early ?? [];
    this.early = null;
    for (const { spool, written } of early) this.add(spool, written);
    this.timer = setInterval(() => this.tick(), TICK_MS);
  }

  onModuleDestroy(): void {
    if (this.timer) clearInterval(this.timer);
  }

  /** Nothing is left to apply. */
  get idle(): boolean {
    return this.unapplied === 0;
  }

  private get unapplied(): number {
    let sum = 0;
    for (const lines of this.spools.values()) for (const line of lines.all()) sum += line.queue.length;
    return sum;
  }

  private add(spool: Spool, written: readonly WrittenRecord[]): void {
    if (this.early) return void this.early.push({ spool, written });
    const watchUntilMs = Date.now() + WATCH_MS;
    for (const line of this.linesOf(spool).add(written)) {
      line.watchUntilMs = watchUntilMs;
      this.settle(line);
    }
  }

  private linesOf(spool: Spool): SpoolLines {
    let lines = this.spools.get(spool);
    if (!lines) {
      const isTrusted =
        spool.trustedEpochAtOpening !== null && spool.trustedEpochAtOpening === this.redis.epoch;
      this.spools.set(spool, (lines = new SpoolLines(spool, isTrusted ? 0 : spool.firstKeptAtOpening - 1)));
    }
    return lines;
  }

  private settle(line: WalletLine): void {
    if (line.isBusy) return;
    line.isBusy = true;
    void this.run(line).finally(() => {
      line.isBusy = false;
    });
  }

  /** Sends what there is, and once an empty command when there is nothing, to look. */
  private async run(line: WalletLine): Promise<void> {
    do {
      // Records of the same turn go together.
      await immediate();
      const records = line.queue.slice(0, RECORDS_PER_COMMAND);
      let answer: SettleAnswer;
      try {
        answer = await this.redis.background.settle(line.walletId, line.spool.id, records);
      } catch (error) {
        line.failures += 1;
        if (line.failures === 1)
          this.logger.debug('records were not applied', { walletId: line.walletId, error });
        return;
      }
      line.failures = 0;
      if (!(await this.hear(line, answer))) return;
    } while (line.queue.length > 0);
  }

  /** @returns whether sending goes on at once */
  private async hear(line: WalletLine, answer: SettleAnswer): Promise<boolean> {
    line.heardMs = Date.now();
    line.answeredMs = answer.nowMs;
    if (answer.kind === 'not_loaded') {
      // Who loads it takes what is confirmed from Postgres; the rest is sent again until then.
      line.appliedUpTo(line.spool.confirmed);
      return false;
    }
    this.book.allowances.note(line.walletId, [[line.walletId, answer.freeNanoUsd]], line.heardMs);
    line.appliedUpTo(answer.applied);
    if (!line.hasGap(answer.applied)) {
      this.renewAllowance(line, answer);
      return true;
    }
    if (answer.applied >= line.spool.firstKept - 1) {
      this.readBack(line, answer.applied);
      return false;
    }
    return this.loader.load(line.walletId, answer);
  }

  /** The outage, or the time after a load, is over for a wallet of which Redis has everything. */
  private renewAllowance(line: WalletLine, standing: WalletStanding): void {
    const isSettled = standing.nowMs - standing.loadedAtMs >= SETTLING_MS;
    // Under load a few records are always on their way.
    if (isSettled && line.queue.length <= RECORDS_PER_COMMAND)
      this.book.allowances.renew(line.walletId, Date.now());
  }

  private heardElsewhere(walletId: string, standing: WalletStanding): void {
    const line = this.spools.get(this.nodeSpools.own)?.get(walletId);
    if (!line) return void this.renewUntouched(walletId, standing);
    if (line.isBusy || standing.nowMs <= line.answeredMs) return;
    line.heardMs = Date.now();
    line.answeredMs = standing.nowMs;
    if (line.queue.length > 0 || line.hasGap(standing.applied)) this.settle(line);
    else this.renewAllowance(line, standing);
  }

  private renewUntouched(walletId: string, standing: WalletStanding): void {
    if (standing.nowMs - standing.loadedAtMs >= SETTLING_MS) this.book.allowances.renew(walletId, Date.now());
  }

  /** One pass over the spool for all lines that lack something. */
  private readBack(line: WalletLine, applied: number): void {
    const lines = this.linesOf(line.spool);
    const waiting = this.readingBack.get(lines);
    if (waiting) {
      waiting.set(line, applied);
      return;
    }
    const mine = new Map([[line, applied]]);
    this.readingBack.set(lines, mine);
    setTimeout(() => {
      this.readingBack.delete(lines);
      void this.readBackNow(lines, mine);
    }, 10);
  }

  private async readBackNow(lines: SpoolLines, waiting: ReadonlyMap<WalletLine, number>): Promise<void> {
    const wallets = new Set([...waiting.keys()].map((line) => line.walletId));
    this.reading.add(lines);
    const found = await lines.readBack(wallets, () => immediate());
    this.reading.delete(lines);
    for (const [line, applied] of waiting) {
      // What was confirmed and removed meanwhile is in Postgres alone: the next answer has the wallet loaded from there.
      if (applied >= line.spool.firstKept - 1) line.restart(applied, found.get(line.walletId) ?? []);
      this.settle(line);
    }
  }

  private isReadingBack(lines: SpoolLines): boolean {
    return this.readingBack.has(lines) || this.reading.has(lines);
  }

  private tick(): void {
    const now = Date.now();
    usageMetrics.unappliedRecords.set(this.unapplied);
    usageMetrics.unconfirmedRecords.set(
      this.nodeSpools.all.reduce((sum, spool) => sum + spool.last - spool.confirmed, 0),
    );
    for (const lines of this.spools.values()) {
      let isTrusted =
        this.redis.epoch !== null && now - this.epochSinceMs > WATCH_MS && !this.isReadingBack(lines);
      for (const line of lines.all()) {
        if (line.last > lines.spool.confirmed || line.failures > 0) line.watchUntilMs = now + WATCH_MS;
        const isDue =
          line.queue.length > 0 || (now < line.watchUntilMs && now - line.heardMs > LOOK_EVERY_MS);
        if (isDue) this.settle(line);
        if ((line.queue[0]?.number ?? Infinity) <= lines.spool.confirmed || line.failures > 0)
          isTrusted = false;
      }
      if (isTrusted) lines.spool.trust(this.redis.epoch);
    }
  }

  /** Redis may have forgotten its last second, or everything: whatever was used of late is compared. */
  private lookAtAll(): void {
    const now = Date.now();
    this.epochSinceMs = now;
    for (const lines of this.spools.values()) {
      for (const line of lines.all()) {
        if (now - line.heardMs > 60_000 && line.queue.length === 0) continue;
        line.heardMs = 0;
        line.watchUntilMs = now + WATCH_MS;
        this.settle(line);
      }
    }
  }

  /** What goes without having been applied must not be taken for applied by the next owner. */
  private beforeRemoval(spool: Spool, upTo: number): void {
    const lines = this.linesOf(spool);
    if (this.isReadingBack(lines)) return spool.trust(null);
    for (const line of lines.all()) {
      if ((line.queue[0]?.number ?? Infinity) <= upTo) return spool.trust(null);
    }
  }
}
