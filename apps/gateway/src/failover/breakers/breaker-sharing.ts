import { randomUUID } from 'node:crypto';
import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Logger } from '@trunkline/observability';
import { GatewayConfig } from '../../config/environment.js';
import { CircuitBreakers } from '../circuit-breaker.js';
import { systemClock } from '../clock.js';
import type { Opening } from './breaker.js';
import { SharedBreakers, type SharedReading, type Told } from './shared-breakers.js';

/** How often changes of others are looked for, and rights to probe are claimed. */
const EVERY_MS = 250;
const SWEEP_EVERY_MS = 10_000;
/** A call that wanted to try so lately will soon be followed by another one. */
const BUSY_MS = 1_000;
/** What nobody has wanted to try for so long after its time is forgotten. */
const FORGET_MS = 600_000;
/** Rounds that may fail, while a process starts or Redis changes over, before anybody is told. */
const QUIET_ROUNDS = 4;
/** Claims of one round; the others have their turn when some of these are decided. */
const MAX_CLAIMS = 200;

/**
 * Tells other processes what this one finds out of its breakers, takes over what they find out, and gets the right to
 * probe, all beside the requests: nobody waits for Redis here. While it is away, every process goes by what it knows and
 * probes by itself; a Redis that has forgotten is told again.
 */
@Injectable()
export class BreakerSharing implements OnModuleInit, OnModuleDestroy {
  private readonly shared: SharedBreakers;
  /** What others do not know yet. */
  private readonly untold = new Set<string>();
  private readonly ids = new WeakMap<Opening, string>();
  /** The opening of each breaker that others know last from here, or we from them. */
  private readonly lastIds = new Map<string, string>();
  private cooled: string[] = [];
  private seen: { epoch: string; version: number } | null = null;
  private timer: NodeJS.Timeout | null = null;
  private round: Promise<void> | null = null;
  private sweptMs = 0;
  private stopped = false;
  private failedRounds = 0;

  constructor(
    config: GatewayConfig,
    private readonly breakers: CircuitBreakers,
    private readonly logger: Logger,
  ) {
    this.shared = new SharedBreakers(config.redisUrl);
  }

  onModuleInit(): void {
    this.breakers.book.onChange((name) => {
      this.untold.add(name);
      this.runSoon(0);
    });
    this.runSoon(0);
  }

  async onModuleDestroy(): Promise<void> {
    this.stopped = true;
    if (this.timer) clearTimeout(this.timer);
    await this.round;
    this.shared.close();
  }

  private runSoon(delayMs: number): void {
    // A round that is under way looks for what is untold when it has ended.
    if (this.stopped || this.round) return;
    if (this.timer) clearTimeout(this.timer);
    this.timer = setTimeout(() => this.run(), delayMs);
    this.timer.unref();
  }

  private run(): void {
    this.timer = null;
    this.round = this.exchange().then(
      () => this.isBack(),
      (error: unknown) => this.isAway(error),
    );
    void this.round.then(() => {
      this.round = null;
      this.runSoon(this.untold.size > 0 && this.failedRounds === 0 ? 0 : EVERY_MS);
    });
  }

  private async exchange(): Promise<void> {
    const nowMs = systemClock.now();
    if (nowMs - this.sweptMs > SWEEP_EVERY_MS) {
      this.sweptMs = nowMs;
      this.cooled = this.breakers.sweep(nowMs);
    }
    await this.tell();
    const reading = await this.shared.read(this.seen);
    if (reading) this.adopt(reading);
    await this.claimRights();
  }

  private async tell(): Promise<void> {
    const untold = [...this.untold];
    const told = untold.flatMap((name) => this.toTell(name));
    for (const name of this.cooled) if (!this.untold.has(name)) told.push({ name, change: 'expire' });
    // What changes while they are on their way is told again.
    this.untold.clear();
    if (told.length === 0) return;
    try {
      await this.shared.tell(told, systemClock.now());
      this.cooled = [];
    } catch (error) {
      for (const name of untold) this.untold.add(name);
      throw error;
    }
    for (const { name, change } of told)
      if (change !== 'open' && !this.untold.has(name)) this.lastIds.delete(name);
  }

  private toTell(name: string): Told[] {
    const opening = this.breakers.book.openingOf(name);
    if (opening === null) {
      const id = this.lastIds.get(name);
      return id === undefined ? [] : [{ name, change: 'close', id }];
    }
    const id = this.ids.get(opening) ?? randomUUID();
    this.isKnownAs(name, opening, id);
    return [{ name, change: 'open', opening, id }];
  }

  private isKnownAs(name: string, opening: Opening, id: string): void {
    this.ids.set(opening, id);
    this.lastIds.set(name, id);
  }

  private adopt({ epoch, version, nowMs: redisMs, openings }: SharedReading): void {
    const { book } = this.breakers;
    const nowMs = systemClock.now();
    const hasForgotten = this.seen === null || this.seen.epoch !== epoch || version < this.seen.version;
    this.seen = { epoch, version };
    for (const [name, opening] of openings) {
      if (this.untold.has(name)) continue;
      const untilMs = nowMs + opening.untilMs - redisMs;
      if (opening.cause === 'cooling' && untilMs <= nowMs) continue;
      const adopted = { ...opening, sinceMs: nowMs + opening.sinceMs - redisMs, untilMs };
      this.isKnownAs(name, adopted, opening.id);
      book.adopt(name, adopted, nowMs);
    }
    for (const name of book.openNames()) {
      if (openings.has(name) || this.untold.has(name)) continue;
      if (hasForgotten) {
        this.untold.add(name);
        continue;
      }
      this.lastIds.delete(name);
      book.adopt(name, null, nowMs);
    }
  }

  private async claimRights(): Promise<void> {
    const { book } = this.breakers;
    const waiting = book.overdue(systemClock.now());
    for (const { name, wantedAgoMs, overdueMs } of waiting)
      if (overdueMs > FORGET_MS && wantedAgoMs > FORGET_MS) book.close(name);
    const first = waiting.toSorted((left, right) => left.wantedAgoMs - right.wantedAgoMs);
    await Promise.all(
      first.slice(0, MAX_CLAIMS).map(async ({ name, wantedAgoMs }) => {
        book.grant(name, await this.shared.claim(name, wantedAgoMs < BUSY_MS));
      }),
    );
  }

  private isBack(): void {
    this.breakers.book.probesAlone = false;
    if (this.failedRounds >= QUIET_ROUNDS) this.logger.info('breakers are shared again');
    this.failedRounds = 0;
  }

  private isAway(error: unknown): void {
    const { book } = this.breakers;
    book.probesAlone = true;
    // Rights that were given may be another's by the time that Redis answers again.
    for (const name of book.openNames()) book.grant(name, false);
    this.seen = null;
    this.failedRounds += 1;
    if (this.failedRounds === QUIET_ROUNDS && !this.stopped)
      this.logger.warn('Redis is away or slow: every process goes by its own breakers', { error });
  }
}
