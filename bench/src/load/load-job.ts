/** What the load generator is told to do, over its channel. */
export interface LoadJob {
  readonly kind: 'closed' | 'open' | 'streams';
  readonly port: number;
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: string;
  /** Connections, which is also how many requests are under way at most. */
  readonly connections: number;
  /** For `open` alone: requests a second, at even distances. */
  readonly ratePerSecond?: number;
  /** Before the measurement; streams are opened evenly over it. */
  readonly warmupMs: number;
  readonly measureMs: number;
}

/** What it saw within the measurement. */
export interface LoadResult {
  /** Answers with status 200, whole. */
  readonly answered: number;
  /** Everything else, by status or reason. */
  readonly failures: Record<string, number>;
  readonly elapsedMs: number;
  /** Of answers, as counts of a `Histogram`; for `streams` of chunks, since each left the source. */
  readonly durations: number[];
}

/** What it says: that the warm-up is over, and at the end what it saw. */
export type LoadReport =
  | { readonly kind: 'measuring' }
  | { readonly kind: 'done'; readonly result: LoadResult };
