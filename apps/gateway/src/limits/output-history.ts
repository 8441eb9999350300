const KEPT_LENGTHS = 64;
const MAX_KEYS = 10_000;
const DEFAULT_TOKENS = 1_000;

interface Lengths {
  kept: number[];
  /** The 95th percentile of what is kept; null when it has to be found anew. */
  expected: number | null;
}

/** How long answers were of late, per key and model: what a forecast takes for the next one. */
export class OutputHistory {
  private readonly lengths = new Map<string, Lengths>();

  add(historyKey: string, tokens: number): void {
    const known = this.lengths.get(historyKey) ?? { kept: [], expected: null };
    known.kept.push(tokens);
    if (known.kept.length > KEPT_LENGTHS) known.kept.shift();
    known.expected = null;
    // Put behind the others: the first is the one unused for longest.
    this.lengths.delete(historyKey);
    this.lengths.set(historyKey, known);
    const [oldest] = this.lengths.keys();
    if (this.lengths.size > MAX_KEYS && oldest !== undefined) this.lengths.delete(oldest);
  }

  /** The 95th percentile; 1,000 tokens without history. */
  expected(historyKey: string): number {
    const known = this.lengths.get(historyKey);
    return known ? (known.expected ??= percentile95(known.kept)) : DEFAULT_TOKENS;
  }
}

function percentile95(lengths: readonly number[]): number {
  const sorted = lengths.toSorted((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * 0.95) - 1] ?? DEFAULT_TOKENS;
}
