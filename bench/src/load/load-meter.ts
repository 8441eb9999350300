import { Histogram } from '../statistics/histogram.js';
import type { LoadResult } from './load-job.js';
import { monotonicUs } from './monotonic.js';

/** Counts from `start` to `stop`, and nothing before or after. */
export class LoadMeter {
  private durations = new Histogram();
  private failures: Record<string, number> = {};
  private answered = 0;
  private running = false;
  private startedUs = 0;
  private stoppedUs = 0;

  start(): void {
    this.running = true;
    this.startedUs = monotonicUs();
  }

  stop(): void {
    this.running = false;
    this.stoppedUs = monotonicUs();
  }

  answer(status: number): void {
    if (!this.running) return;
    if (status === 200) this.answered += 1;
    else this.failure(`status ${status}`);
  }

  failure(why: string): void {
    if (this.running) this.failures[why] = (this.failures[why] ?? 0) + 1;
  }

  duration(us: number): void {
    if (this.running) this.durations.record(us);
  }

  result(): LoadResult {
    return {
      answered: this.answered,
      failures: this.failures,
      elapsedMs: (this.stoppedUs - this.startedUs) / 1_000,
      durations: this.durations.toJSON(),
    };
  }
}
