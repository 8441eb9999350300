import type { Clock } from '@trunkline/contracts';

/** How long each of the five clocks may run, in milliseconds. */
export interface Timeouts {
  readonly connectMs: number;
  readonly headersMs: number;
  readonly firstTokenMs: number;
  readonly gapMs: number;
  /** Over all attempts. */
  readonly totalMs: number;
}

/** What decides the defaults. */
export interface CallKind {
  readonly stream: boolean;
  /** The model may think long before it says a word. */
  readonly reasons: boolean;
}

/** Streams of ordinary models answer within seconds; a long prompt may take half a minute to read. */
const STREAM: Timeouts = {
  connectMs: 3_000,
  headersMs: 30_000,
  firstTokenMs: 30_000,
  gapMs: 30_000,
  totalMs: 600_000,
};
/** Providers hold back the headers while a model thinks unseen, so all three wait for the thought. */
const REASONING_STREAM: Timeouts = {
  connectMs: 3_000,
  headersMs: 300_000,
  firstTokenMs: 300_000,
  gapMs: 120_000,
  totalMs: 1_200_000,
};
/** A plain answer's headers come when the whole of it has been written. */
const PLAIN: Timeouts = {
  connectMs: 3_000,
  headersMs: 180_000,
  firstTokenMs: 180_000,
  gapMs: 30_000,
  totalMs: 600_000,
};
const REASONING_PLAIN: Timeouts = {
  connectMs: 3_000,
  headersMs: 900_000,
  firstTokenMs: 900_000,
  gapMs: 60_000,
  totalMs: 1_200_000,
};

/** Over all attempts of a call that runs in the background, unless the request or its policy says otherwise. */
export const BACKGROUND_TOTAL_MS = 600_000;

/** The clocks of a call: the defaults of its kind under what the request says. */
export function timeoutsFor(kind: CallKind, wished: Partial<Timeouts>): Timeouts {
  const defaults = kind.stream
    ? kind.reasons
      ? REASONING_STREAM
      : STREAM
    : kind.reasons
      ? REASONING_PLAIN
      : PLAIN;
  return { ...defaults, ...wished };
}

/** Comments and pings count as life, but not for longer than this in a row without content. */
export const KEEP_ALIVES_ONLY_MS = 60_000;
/** How long usage, `[DONE]` and the close are waited for behind a good end. */
export const GRACE_MS = 2_000;

export interface Deadline {
  readonly clock: Clock | 'grace';
  readonly atMs: number;
}

/** The clocks of one attempt: told what happens, says when the next of them runs out. Pure. */
export class AttemptClocks {
  private phase: 'connect' | 'headers' | 'first_token' | 'gap' | 'grace' = 'connect';
  private lastLifeMs: number;
  private lastContentMs: number;
  private finishedMs: number | null = null;
  private goesOnBehindEnd = false;
  connectedMs: number | null = null;
  headersMs: number | null = null;
  firstTokenMs: number | null = null;

  constructor(
    private readonly timeouts: Timeouts,
    readonly startedMs: number,
    /** When the total clock of the call runs out. */
    private readonly totalAtMs: number,
  ) {
    this.lastLifeMs = startedMs;
    this.lastContentMs = startedMs;
  }

  connected(nowMs: number): void {
    if (this.connectedMs !== null) return;
    this.connectedMs = nowMs;
    this.phase = 'headers';
  }

  headers(nowMs: number): void {
    this.connected(nowMs);
    if (this.headersMs !== null) return;
    this.headersMs = nowMs;
    this.phase = 'first_token';
  }

  /** Anything at all came. */
  life(nowMs: number): void {
    this.lastLifeMs = nowMs;
  }

  /** Something came that a client may see: text, reasoning, a piece of a tool call. */
  content(nowMs: number): void {
    this.lastLifeMs = nowMs;
    this.lastContentMs = nowMs;
    // Some upstreams say with every frame that they have finished: their end is not known before it is there.
    if (this.finishedMs !== null) this.goesOnBehindEnd = true;
    if (this.phase === 'grace') this.phase = 'gap';
    if (this.firstTokenMs !== null) return;
    this.firstTokenMs = nowMs;
    if (this.phase === 'first_token') this.phase = 'gap';
  }

  /** The answer has ended well; only what follows it is waited for. */
  finished(nowMs: number): void {
    if (this.goesOnBehindEnd) return;
    this.finishedMs ??= nowMs;
    this.phase = 'grace';
  }

  /** The status says that it failed: its reasons are waited for as long as what follows a good end, and no longer. */
  refused(nowMs: number): void {
    this.headers(nowMs);
    this.finished(nowMs);
  }

  /** Time that the client took to read is not the provider's silence. */
  resumed(nowMs: number): void {
    this.lastLifeMs = nowMs;
    this.lastContentMs = nowMs;
  }

  /** The clock that runs out next, if nothing happens until then. */
  next(): Deadline {
    const own = this.ownDeadline();
    return own.atMs <= this.totalAtMs ? own : { clock: 'total', atMs: this.totalAtMs };
  }

  private ownDeadline(): Deadline {
    const { connectMs, headersMs, firstTokenMs, gapMs } = this.timeouts;
    switch (this.phase) {
      case 'connect':
        return { clock: 'connect', atMs: this.startedMs + connectMs };
      case 'headers':
        return {
          clock: 'headers',
          atMs: Math.min(this.startedMs + headersMs, this.startedMs + firstTokenMs),
        };
      case 'first_token':
        return { clock: 'first_token', atMs: this.startedMs + firstTokenMs };
      case 'gap':
        return {
          clock: 'gap',
          atMs: Math.min(this.lastLifeMs + gapMs, this.lastContentMs + Math.max(gapMs, KEEP_ALIVES_ONLY_MS)),
        };
      case 'grace':
        return { clock: 'grace', atMs: (this.finishedMs ?? this.lastLifeMs) + GRACE_MS };
    }
  }
}
