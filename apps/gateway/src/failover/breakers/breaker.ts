import type { OpenCause } from '@trunkline/contracts';
import { SlidingWindow } from './sliding-window.js';

export type BreakerState = 'closed' | 'open' | 'half_open';

/** Failures in a row that open a breaker. */
export const FAILURES_TO_OPEN = 5;
const WINDOW_MS = 30_000;
const LEAST_ATTEMPTS = 20;
const FAILED_SHARE = 0.5;
/** A call that tries is waited for this long; then another one may try, so that a stall does not delay recovery. */
const PROBE_MS = 5_000;

export interface Opening {
  readonly cause: OpenCause;
  /** The outcome that opened it. */
  readonly detail: string;
  /** Times are of the engine's clock. */
  readonly sinceMs: number;
  readonly untilMs: number;
  /** How often in a row it was opened without a good end in between. */
  readonly times: number;
}

/** How long a breaker stays open: doubling from the first to the longest time. */
export interface OpenTimes {
  readonly firstMs: number;
  readonly longestMs: number;
}

/**
 * One breaker. Closed, it counts; open, it waits; then whoever has the right to probe sends one call, whose beginning
 * closes it and whose failure opens it for longer. Pure: time comes from outside.
 */
export class Breaker {
  opening: Opening | null = null;
  /** This process may let one call try, once the waiting is over. */
  hasRight = false;
  /** When a call last found it waiting for a probe. */
  wantedMs = Number.NEGATIVE_INFINITY;
  usedMs: number;
  /** Refusals without a good end in between, of a credential. */
  refusalsInRow = 0;
  private readonly window = new SlidingWindow(WINDOW_MS);
  private failuresInRow = 0;
  private times = 0;
  private probeBeganMs: number | null = null;

  constructor(
    private readonly openTimes: OpenTimes,
    nowMs: number,
  ) {
    this.usedMs = nowMs;
  }

  /** @param probesAlone nobody gives rights: every process probes by itself */
  stateAt(nowMs: number, probesAlone: boolean): BreakerState {
    const { opening } = this;
    if (opening === null) return 'closed';
    if (nowMs >= opening.untilMs && opening.cause !== 'cooling') this.wantedMs = nowMs;
    return this.peek(nowMs, probesAlone);
  }

  /** The same for who only looks: it does not count as a wish to try. */
  peek(nowMs: number, probesAlone: boolean): BreakerState {
    const { opening } = this;
    if (opening === null) return 'closed';
    if (nowMs < opening.untilMs) return 'open';
    if (opening.cause === 'cooling') return 'closed';
    if (!this.hasRight && !probesAlone) return 'open';
    const isTrying = this.probeBeganMs !== null && nowMs - this.probeBeganMs < PROBE_MS;
    return isTrying ? 'open' : 'half_open';
  }

  probeBegan(nowMs: number): void {
    this.probeBeganMs = nowMs;
  }

  /** The call that tried said nothing: the next one may try. */
  released(): void {
    this.probeBeganMs = null;
  }

  /** A call's answer begins. @returns whether that closed the breaker */
  answered(startedMs: number): boolean {
    if (this.opening === null || startedMs < this.opening.sinceMs) return false;
    this.close();
    // On probation until a call ends well: the next failure opens it again, and for longer.
    this.failuresInRow = FAILURES_TO_OPEN - 1;
    return true;
  }

  succeeded(nowMs: number): void {
    this.usedMs = nowMs;
    this.window.add(true, nowMs);
    this.failuresInRow = 0;
    this.refusalsInRow = 0;
    if (this.opening === null) this.times = 0;
  }

  /** Counts a failure. @returns whether that opened the breaker, or opened it again */
  failed(detail: string, nowMs: number): boolean {
    this.usedMs = nowMs;
    this.failuresInRow += 1;
    this.window.add(false, nowMs);
    if (this.isProbing) return this.open('failures_in_row', detail, nowMs);
    if (this.opening !== null && this.opening.cause !== 'cooling') return false;
    if (this.failuresInRow >= FAILURES_TO_OPEN) return this.open('failures_in_row', detail, nowMs);
    return this.window.exceeds(LEAST_ATTEMPTS, FAILED_SHARE, nowMs) && this.open('error_rate', detail, nowMs);
  }

  /** Opens it, for twice as long as the last time. Leaves one alone that is open and not being tried. */
  open(cause: OpenCause, detail: string, nowMs: number): boolean {
    this.usedMs = nowMs;
    const { opening } = this;
    if (opening !== null && opening.cause !== 'cooling' && !this.isProbing) return false;
    const { firstMs, longestMs } = this.openTimes;
    const openMs = Math.min(firstMs * 2 ** this.times, longestMs);
    this.times += 1;
    this.probeBeganMs = null;
    this.hasRight = false;
    this.opening = {
      cause,
      detail,
      sinceMs: nowMs,
      // A delay that was named and is longer still counts.
      untilMs: Math.max(nowMs + openMs, opening?.cause === 'cooling' ? opening.untilMs : 0),
      times: this.times,
    };
    return true;
  }

  /** Keeps calls away for the delay that a provider named. @returns whether that is news */
  cool(delayMs: number, detail: string, nowMs: number): boolean {
    this.usedMs = nowMs;
    const untilMs = nowMs + delayMs;
    if (this.opening !== null && this.opening.untilMs >= untilMs) return false;
    // What already waits for a probe goes on to need one.
    const cause = this.opening?.cause ?? 'cooling';
    this.opening = { cause, detail, sinceMs: this.opening?.sinceMs ?? nowMs, untilMs, times: this.times };
    return true;
  }

  close(): void {
    this.opening = null;
    this.hasRight = false;
    this.probeBeganMs = null;
    this.failuresInRow = 0;
    this.window.clear();
  }

  /** What another process has found out. */
  adopt(opening: Opening): void {
    if (this.opening === null || opening.times !== this.times) this.probeBeganMs = null;
    this.opening = opening;
    this.times = opening.times;
  }

  get isProbing(): boolean {
    return this.probeBeganMs !== null;
  }
}
