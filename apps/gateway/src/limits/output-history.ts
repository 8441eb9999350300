const KEPT_LENGTHS = 64;
const MAX_KEYS = 10_000;
const DEFAULT_TOKENS = 1_000;

interface Lengths {
  /** In the order in which they came. */
  kept: number[];
  /** The same, ascending. */
  sorted: number[];
}

/** How long answers were of late, per key and model: what a forecast takes for the next one. */
export class OutputHistory {
  private readonly lengths = new Map<string, Lengths>();

  add(historyKey: string, tokens: number): void {
    const known = this.lengths.get(historyKey) ?? { kept: [], sorted: [] };
    known.kept.push(tokens);
    insert(known.sorted, tokens);
    const dropped = known.kept.length > KEPT_LENGTHS ? known.kept.shift() : undefined;
    if (dropped !== undefined) known.sorted.splice(known.sorted.indexOf(dropped), 1);
    // Put behind the others: the first is the one unused for longest.
    this.lengths.delete(historyKey);
    this.lengths.set(historyKey, known);
    const [oldest] = this.lengths.keys();
    if (this.lengths.size > MAX_KEYS && oldest !== undefined) this.lengths.delete(oldest);
  }

  /** The 95th percentile; 1,000 tokens without history. */
  expected(historyKey: string): number {
    const sorted = this.lengths.get(historyKey)?.sorted;
    return sorted?.[Math.ceil(sorted.length * 0.95) - 1] ?? DEFAULT_TOKENS;
  }
}

/** Keeps it ascending: cheaper with every call than to sort all of it. */
function insert(sorted: number[], length: number): void {
  const at = sorted.findLastIndex((each) => each <= length) + 1;
  sorted.splice(at, 0, length);
}
