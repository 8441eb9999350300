const BUCKETS = 10;

/** Counts of good and bad over the last seconds, in fixed buckets: the memory does not grow with the traffic. */
export class SlidingWindow {
  private readonly good = new Uint32Array(BUCKETS);
  private readonly bad = new Uint32Array(BUCKETS);
  /** Number of the bucket that was written last, counted from the clock's zero. */
  private newest = 0;
  private readonly bucketMs: number;

  constructor(spanMs: number) {
    this.bucketMs = spanMs / BUCKETS;
  }

  add(isGood: boolean, nowMs: number): void {
    this.moveTo(nowMs);
    const counts = isGood ? this.good : this.bad;
    const place = this.newest % BUCKETS;
    counts[place] = (counts[place] ?? 0) + 1;
  }

  /** Whether at least so many were counted, and at least this share of them was bad. */
  exceeds(least: number, share: number, nowMs: number): boolean {
    const { good, bad } = this.counts(nowMs);
    return good + bad >= least && bad >= share * (good + bad);
  }

  /** What was counted in the window. */
  counts(nowMs: number): { good: number; bad: number } {
    this.moveTo(nowMs);
    let good = 0;
    let bad = 0;
    for (let place = 0; place < BUCKETS; place += 1) {
      good += this.good[place] ?? 0;
      bad += this.bad[place] ?? 0;
    }
    return { good, bad };
  }

  clear(): void {
    this.good.fill(0);
    this.bad.fill(0);
  }

  private moveTo(nowMs: number): void {
    const now = Math.floor(nowMs / this.bucketMs);
    if (now <= this.newest) return;
    const passed = Math.min(now - this.newest, BUCKETS);
    for (let step = 0; step < passed; step += 1) {
      const place = (now - step) % BUCKETS;
      this.good[place] = 0;
      this.bad[place] = 0;
    }
    this.newest = now;
  }
}
