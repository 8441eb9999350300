import { SlidingWindow } from './sliding-window.js';

const WINDOW_MS = 10_000;
/** So many retries are free in each window, for those who make few calls. */
export const FREE_RETRIES = 30;
/** Past them, so many per request. */
export const RETRIES_PER_REQUEST = 0.2;
const MAX_BUDGETS = 10_000;

/** What one call may spend. */
export interface CallRetries {
  /** The call's first attempt on a target that was not known to be away. */
  attempted(targetKey: string, nowMs: number): void;
  mayRetry(targetKey: string, nowMs: number): boolean;
  retried(targetKey: string, nowMs: number): void;
}

/**
 * How much of the traffic may be retries, per organization and per target, so that an outage is not multiplied: of
 * requests in the last ten seconds a fifth, and thirty. Only repeats count, and further attempts on targets that are open;
 * going on to a target that would answer is never refused.
 */
export class RetryBudgets {
  private readonly windows = new Map<string, SlidingWindow>();

  /** @param organizationId whose call it is; without one the targets' budgets alone count */
  ofCall(organizationId: string | undefined, nowMs: number): CallRetries {
    const own = organizationId === undefined ? null : `organization:${organizationId}`;
    if (own !== null) this.windowOf(own).add(true, nowMs);
    return {
      attempted: (targetKey, atMs) => this.windowOf(`target:${targetKey}`).add(true, atMs),
      mayRetry: (targetKey, atMs) =>
        (own === null || this.hasLeft(own, atMs)) && this.hasLeft(`target:${targetKey}`, atMs),
      retried: (targetKey, atMs) => {
        if (own !== null) this.windowOf(own).add(false, atMs);
        this.windowOf(`target:${targetKey}`).add(false, atMs);
      },
    };
  }

  clear(): void {
    this.windows.clear();
  }

  sweep(nowMs: number): void {
    for (const [name, window] of this.windows) {
      const { good, bad } = window.counts(nowMs);
      if (good + bad === 0) this.windows.delete(name);
    }
  }

  private hasLeft(name: string, nowMs: number): boolean {
    const window = this.windows.get(name);
    if (!window) return true;
    const { good: requests, bad: retries } = window.counts(nowMs);
    return retries < FREE_RETRIES + RETRIES_PER_REQUEST * requests;
  }

  private windowOf(name: string): SlidingWindow {
    const known = this.windows.get(name);
    if (known) return known;
    if (this.windows.size >= MAX_BUDGETS) this.windows.clear();
    const window = new SlidingWindow(WINDOW_MS);
    this.windows.set(name, window);
    return window;
  }
}
