import { SlidingWindow } from './sliding-window.js';

/** First tokens that make one baseline. */
const SAMPLES = 64;
/** The first baseline is made of fewer. */
const FIRST_SAMPLES = 20;
/** A start is slow from so many times the baseline. */
const TIMES_BASELINE = 3;
/** Nobody minds less, however fast a target was before. */
const LEAST_SLOW_MS = 2_000;
const WINDOW_MS = 30_000;
const LEAST_STARTS = 10;
const SLOW_SHARE = 0.5;

/** What has been slow without a break for so long is no longer an exception. */
const NEW_PACE_MS = 600_000;

/**
 * Whether a target's streams begin much later than they used to. What is slow follows from the p95 of its own earlier
 * streams, so that a model that thinks for a minute is not slow. Slow ones are not learned from, until nothing else came
 * for ten minutes: then they are the target's new pace.
 */
export class SlowStarts {
  private readonly samples = new Float64Array(SAMPLES);
  private count = 0;
  private baselineMs: number | null = null;
  /** Since when only slow ones came. */
  private slowSinceMs: number | null = null;
  private readonly window = new SlidingWindow(WINDOW_MS);

  /** The p95 of its own earlier streams; null before there is a baseline. */
  get usualMs(): number | null {
    return this.baselineMs;
  }

  /** From here on a start is slow; infinite before there is a baseline. */
  get limitMs(): number {
    return this.baselineMs === null
      ? Number.POSITIVE_INFINITY
      : Math.max(LEAST_SLOW_MS, TIMES_BASELINE * this.baselineMs);
  }

  /** @returns whether this start was slow */
  note(firstTokenMs: number, nowMs: number): boolean {
    if (this.slowSinceMs !== null && nowMs - this.slowSinceMs > NEW_PACE_MS) {
      this.baselineMs = null;
      this.count = 0;
    }
    const isSlow = firstTokenMs > this.limitMs;
    this.window.add(!isSlow, nowMs);
    this.slowSinceMs = isSlow ? (this.slowSinceMs ?? nowMs) : null;
    if (!isSlow) this.learn(firstTokenMs);
    return isSlow;
  }

  tooMany(nowMs: number): boolean {
    return this.window.exceeds(LEAST_STARTS, SLOW_SHARE, nowMs);
  }

  forgetRecent(): void {
    this.window.clear();
  }

  private learn(firstTokenMs: number): void {
    this.samples[this.count] = firstTokenMs;
    this.count += 1;
    if (this.count === SAMPLES || (this.baselineMs === null && this.count >= FIRST_SAMPLES)) {
      this.baselineMs = p95(this.samples.subarray(0, this.count));
      if (this.count === SAMPLES) this.count = 0;
    }
  }
}

function p95(samples: Float64Array): number {
  const sorted = samples.toSorted();
  return sorted[Math.ceil(0.95 * sorted.length) - 1] ?? 0;
}
