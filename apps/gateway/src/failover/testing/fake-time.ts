import type { EngineClock } from '../clock.js';

interface Waiting {
  readonly atMs: number;
  readonly callback: () => void;
}

/** Time that passes when a test says so. */
export class FakeTime implements EngineClock {
  private nowMs = 0;
  private readonly waiting = new Set<Waiting>();

  now(): number {
    return this.nowMs;
  }

  after(delayMs: number, callback: () => void): () => void {
    const entry = { atMs: this.nowMs + Math.max(0, delayMs), callback };
    this.waiting.add(entry);
    return () => this.waiting.delete(entry);
  }

  /** Lets time pass, calling back in order; promises get their turn in between. */
  async pass(ms: number): Promise<void> {
    const untilMs = this.nowMs + ms;
    for (;;) {
      await turn();
      const due = [...this.waiting]
        .filter(({ atMs }) => atMs <= untilMs)
        .sort((left, right) => left.atMs - right.atMs)[0];
      if (!due) break;
      this.waiting.delete(due);
      this.nowMs = Math.max(this.nowMs, due.atMs);
      due.callback();
    }
    this.nowMs = untilMs;
    await turn();
  }

  get timers(): number {
    return this.waiting.size;
  }
}

function turn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
