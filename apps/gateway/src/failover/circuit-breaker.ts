import { Injectable } from '@nestjs/common';

/** Failures in a row that open a breaker. */
export const FAILURES_TO_OPEN = 5;
/** How long it stays open before one call may try. */
export const OPEN_MS = 10_000;

export type BreakerState = 'closed' | 'open' | 'half_open';

interface Breaker {
  failuresInRow: number;
  /** When it may be tried again; null while closed. */
  openUntilMs: number | null;
  /** A call of this process is trying. */
  probing: boolean;
}

/**
 * Breakers of this process, one per target. A closed one opens on failures in a row, for ten seconds; then one call may
 * try, and its end decides. Only targets that have failed take memory.
 */
@Injectable()
export class CircuitBreakers {
  private readonly breakers = new Map<string, Breaker>();

  stateOf(key: string, nowMs: number): BreakerState {
    const breaker = this.breakers.get(key);
    if (!breaker || breaker.openUntilMs === null) return 'closed';
    return nowMs < breaker.openUntilMs || breaker.probing ? 'open' : 'half_open';
  }

  /** A call goes to the target. Takes the probe when the breaker waits for one. */
  begin(key: string, nowMs: number): void {
    const breaker = this.breakers.get(key);
    if (breaker && breaker.openUntilMs !== null && nowMs >= breaker.openUntilMs) breaker.probing = true;
  }

  succeeded(key: string): void {
    this.breakers.delete(key);
  }

  failed(key: string, nowMs: number, opensAtOnce: boolean): void {
    const breaker = this.breakers.get(key) ?? { failuresInRow: 0, openUntilMs: null, probing: false };
    this.breakers.set(key, breaker);
    breaker.failuresInRow += 1;
    breaker.probing = false;
    if (opensAtOnce || breaker.openUntilMs !== null || breaker.failuresInRow >= FAILURES_TO_OPEN) {
      breaker.openUntilMs = nowMs + OPEN_MS;
    }
  }

  /** The attempt ended without saying anything about the target: a waiting probe is free again. */
  released(key: string): void {
    const breaker = this.breakers.get(key);
    if (breaker) breaker.probing = false;
  }

  /** Every breaker that is not closed, for metrics. */
  *notClosed(nowMs: number): Iterable<{ key: string; state: BreakerState }> {
    for (const key of this.breakers.keys()) {
      const state = this.stateOf(key, nowMs);
      if (state !== 'closed') yield { key, state };
    }
  }
}
