import type { AttemptClocks, Deadline } from './clocks.js';
import type { EngineClock } from './clock.js';

/**
 * One timer for all clocks of an attempt. It is set anew only when a nearer deadline appears; one that moved away is
 * noticed when the timer fires.
 */
export class AttemptTimer {
  private cancelTimer: (() => void) | null = null;
  private armedForMs = Number.POSITIVE_INFINITY;
  private isStopped = false;
  /** The time is over, and what came before is being read: what comes now must not put that off. */
  private isOver = false;

  constructor(
    private readonly clock: EngineClock,
    private readonly clocks: AttemptClocks,
    private readonly expire: (clock: Deadline['clock']) => void,
  ) {}

  /** To be called whenever the clocks moved on to another phase. */
  check(nowMs: number): void {
    if (this.isStopped || this.isOver) return;
    const { atMs } = this.clocks.next();
    if (atMs < this.armedForMs) this.arm(atMs, nowMs);
  }

  /** The provider's silence is not measured while we do not listen. */
  suspend(): void {
    this.cancelTimer?.();
    this.cancelTimer = null;
    this.armedForMs = Number.POSITIVE_INFINITY;
    this.isOver = false;
  }

  stop(): void {
    this.isStopped = true;
    this.suspend();
  }

  private arm(atMs: number, nowMs: number): void {
    this.cancelTimer?.();
    this.armedForMs = atMs;
    this.cancelTimer = this.clock.after(atMs - nowMs, () => this.fire(false));
  }

  /** @param isSure what had come before the time was over has been read */
  private fire(isSure: boolean): void {
    this.cancelTimer = null;
    this.armedForMs = Number.POSITIVE_INFINITY;
    this.isOver = false;
    const next = this.clocks.next();
    const nowMs = this.clock.now();
    if (nowMs < next.atMs) return this.check(nowMs);
    if (isSure) return this.expire(next.clock);
    // Where this process was busy, timers come before the bytes that lie in the socket: those are read first.
    this.isOver = true;
    this.cancelTimer = this.clock.after(0, () => this.fire(true));
  }
}
