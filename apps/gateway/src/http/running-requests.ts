import { Injectable } from '@nestjs/common';
import type { RequestContext } from '../pipeline/request-context.js';

/** How many requests are being answered, for a drain to wait for. */
@Injectable()
export class RunningRequests {
  private count = 0;
  private readonly contexts = new Set<RequestContext>();
  private waiting: (() => void)[] = [];
  /** Set when the process is asked to stop: it gets no more traffic. */
  isDraining = false;

  get running(): number {
    return this.count;
  }

  began(): void {
    this.count += 1;
  }

  identified(context: RequestContext): void {
    this.contexts.add(context);
  }

  ended(context: RequestContext | null): void {
    this.count -= 1;
    if (context) this.contexts.delete(context);
    if (this.count > 0) return;
    for (const resolve of this.waiting.splice(0)) resolve();
  }

  /** Takes every running call for one whose client is gone: it is cancelled upstream and settled. */
  abortAll(): void {
    for (const context of this.contexts) context.cancellation.cancel();
  }

  /** Resolves true when none is left, false when the time is over first. */
  whenIdle(timeoutMs: number): Promise<boolean> {
    if (this.count === 0) return Promise.resolve(true);
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(false), timeoutMs);
      this.waiting.push(() => {
        clearTimeout(timer);
        resolve(true);
      });
    });
  }
}
