import { performance } from 'node:perf_hooks';
import type { Cancellation } from './cancellation.js';

/** Time as the engine sees it, so that tests can hold it in their hands. Milliseconds, monotonic, with fractions. */
export interface EngineClock {
  now(): number;
  /** Calls back once; the answer cancels. */
  after(delayMs: number, callback: () => void): () => void;
}

export const systemClock: EngineClock = {
  now: () => performance.now(),
  after(delayMs, callback) {
    const timer = setTimeout(callback, Math.max(0, delayMs));
    return () => clearTimeout(timer);
  },
};

/** Resolves after a delay, or as soon as nobody waits any more. */
export function sleep(clock: EngineClock, delayMs: number, cancellation: Cancellation): Promise<void> {
  return new Promise((resolve) => {
    const cancelTimer = clock.after(delayMs, () => {
      forget();
      resolve();
    });
    const forget = cancellation.onCancel(() => {
      cancelTimer();
      resolve();
    });
  });
}
