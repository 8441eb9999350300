import type { ReportedUsage } from '../protocols/protocol.js';

/** How a call ended: `faulted` when a fault spoilt it, `client_gone` when the client left first. */
export type CallOutcome = 'running' | 'complete' | 'client_gone' | 'faulted';

/** One call as it is kept while it runs and afterwards. */
export interface CallEntry {
  readonly sequence: number;
  readonly provider: string;
  model: string;
  readonly clientRequestId: string;
  readonly startedMs: number;
  endedMs: number;
  /** 0 until a status went out. */
  status: number;
  fault: string;
  outcome: CallOutcome;
  /** Tokens of the prompt as counted; 0 for a request that was refused before. */
  promptTokens: number;
  /** What the answer said it used; `undefined` for one that did not come to its end. */
  usage: ReportedUsage | undefined;
  /** Output tokens in what was handed to the socket. */
  deliveredTokens: number;
}

/** The last calls, in the order in which they began. */
export class CallLog {
  #ring: CallEntry[] = [];
  #latest = 0;
  #oldest = 1;

  constructor(private readonly capacity = 200_000) {}

  get latest(): number {
    return this.#latest;
  }

  begin(provider: string, clientRequestId: string): CallEntry {
    this.#latest += 1;
    const entry: CallEntry = {
      sequence: this.#latest,
      provider,
      model: '',
      clientRequestId,
      startedMs: Date.now(),
      endedMs: 0,
      status: 0,
      fault: '',
      outcome: 'running',
      promptTokens: 0,
      usage: undefined,
      deliveredTokens: 0,
    };
    this.#ring[this.#latest % this.capacity] = entry;
    return entry;
  }

  get(sequence: number): CallEntry | undefined {
    const entry = this.#ring[sequence % this.capacity];
    return entry?.sequence === sequence ? entry : undefined;
  }

  /** Calls that began after the one of number `since`, oldest first. */
  since(since: number, limit: number): CallEntry[] {
    const entries: CallEntry[] = [];
    const first = Math.max(since + 1, this.#oldest, this.#latest - this.capacity + 1);
    for (let sequence = first; sequence <= this.#latest && entries.length < limit; sequence += 1) {
      const entry = this.get(sequence);
      if (entry !== undefined) entries.push(entry);
    }
    return entries;
  }

  /** Forgets all calls; numbers go on. */
  clear(): void {
    this.#ring = [];
    this.#oldest = this.#latest + 1;
  }
}
