// Buckets are exact below 128 µs; above, each power of two is cut into 64, so a value is off by less than 1.6 %.
const EXACT = 128;
const PARTS = 64;
const PART_BITS = 6;
const LARGEST_US = 2 ** 30;

/** A count of durations in whole microseconds that costs the same however many there are, and can be sent and added. */
export class Histogram {
  private readonly counts: number[];
  private total = 0;

  constructor(counts: readonly number[] = []) {
    this.counts = [...counts];
    for (const count of this.counts) this.total += count;
  }

  get count(): number {
    return this.total;
  }

  record(us: number): void {
    const index = bucketOf(Math.min(LARGEST_US, Math.max(0, Math.round(us))));
    while (this.counts.length <= index) this.counts.push(0);
    this.counts[index] = (this.counts[index] ?? 0) + 1;
    this.total += 1;
  }

  add(other: Histogram): void {
    other.counts.forEach((count, index) => {
      while (this.counts.length <= index) this.counts.push(0);
      this.counts[index] = (this.counts[index] ?? 0) + count;
    });
    this.total += other.total;
  }

  /** The value below or at which this share (0 to 1) of the durations lies, in microseconds. NaN when it is empty. */
  percentile(share: number): number {
    const wanted = Math.max(1, Math.ceil(share * this.total));
    let seen = 0;
    for (const [index, count] of this.counts.entries()) {
      seen += count;
      if (seen >= wanted) return middleOf(index);
    }
    return NaN;
  }

  /** What the constructor takes. */
  toJSON(): number[] {
    return this.counts;
  }
}

function bucketOf(us: number): number {
  if (us < EXACT) return us;
  const shift = 31 - Math.clz32(us) - PART_BITS;
  return EXACT + (shift - 1) * PARTS + (us >>> shift) - PARTS;
}

function middleOf(index: number): number {
  if (index < EXACT) return index;
  const shift = Math.floor((index - EXACT) / PARTS) + 1;
  const part = ((index - EXACT) % PARTS) + PARTS;
  return part * 2 ** shift + (2 ** shift - 1) / 2;
}
