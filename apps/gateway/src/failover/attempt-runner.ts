import type { AttemptSplice, Clock, UpstreamFailure, Usage } from '@trunkline/contracts';
import type { Target } from '@trunkline/routing';
import { Cancellation } from './cancellation.js';
import type { CallRetries } from './breakers/retry-budgets.js';
import type { CircuitBreakers } from './circuit-breaker.js';
import { sleep, type EngineClock } from './clock.js';
import { chooseBeside, chooseNext, type ChoiceInput, type FailedTry } from './next-target.js';

/** One attempt as the trail keeps it. Times are of the engine's clock. */
export interface AttemptTrace {
  readonly id: string;
  /** 1 for the first. */
  readonly number: number;
  readonly target: Target;
  readonly startedMs: number;
  /** Unix milliseconds of the dispatch: prices are taken as of then. */
  readonly dispatchedAtMs: number;
  connectedMs: number | null;
  headersMs: number | null;
  firstTokenMs: number | null;
  endedMs: number | null;
  statusCode: number | null;
  /** Null while it runs and when it succeeded. */
  failure: UpstreamFailure | null;
  clock: Clock | null;
  /** What a failed attempt reported to have used. */
  usage: Usage | null;
  /** Its content reached the client first. */
  committed: boolean;
  /** How it goes on with an answer that broke off. */
  splice: AttemptSplice | null;
  /** Asked while another target was slow. */
  isHedge: boolean;
  /** Cancelled because another target answered first. */
  lostRace: boolean;
}

/** A trace of an attempt that is about to be dispatched. */
export function beginTrace(id: string, number: number, target: Target, startedMs: number): AttemptTrace {
  return {
    id,
    number,
    target,
    startedMs,
    dispatchedAtMs: Date.now(),
    connectedMs: null,
    headersMs: null,
    firstTokenMs: null,
    endedMs: null,
    statusCode: null,
    failure: null,
    clock: null,
    usage: null,
    committed: false,
    splice: null,
    isHedge: false,
    lostRace: false,
  };
}

export type AttemptResult<Answer> =
  /** There is something for the client: from here nothing is tried again. */
  | { readonly kind: 'committed'; readonly answer: Answer }
  | { readonly kind: 'failed'; readonly failure: UpstreamFailure; readonly clock: Clock | null };

/** When a second target is asked beside a slow one. */
export interface HedgeRule {
  delayMs(target: Target): number;
  /** Whether the share of hedged calls allows one more; taken with the answer. */
  take(): boolean;
}

export interface RunInput<Answer> {
  readonly targets: readonly Target[];
  readonly clock: EngineClock;
  readonly breakers: CircuitBreakers;
  /** Answers come piece by piece, so that their first token tells how fast a target starts. */
  readonly streamed: boolean;
  /** Whose budget of retries counts besides the targets'. */
  readonly organizationId?: string | undefined;
  /** When the total clock runs out. */
  readonly deadlineMs: number;
  /** Says that the client is gone. */
  readonly cancellation: Cancellation;
  /** What was tried before; attempts are added to it. */
  readonly trail: AttemptTrace[];
  /** Of what was tried before, what failed; by index of the target. */
  readonly failed?: readonly FailedTry[];
  /** A target has taken the request already: the answer is gone on with. */
  readonly isTaken?: boolean;
  readonly newId: () => string;
  /** Sends one attempt and keeps its trace; never rejects. */
  readonly send: (trace: AttemptTrace, cancellation: Cancellation) => Promise<AttemptResult<Answer>>;
  /** Gives an answer up that came when another was already taken. */
  readonly discard: (answer: Answer) => void;
  readonly hedge?: HedgeRule | null;
  readonly random: () => number;
}

export type RunResult<Answer> =
  | { readonly kind: 'committed'; readonly answer: Answer; readonly trace: AttemptTrace }
  | { readonly kind: 'failed' };

interface Running<Answer> {
  readonly index: number;
  readonly trace: AttemptTrace;
  readonly cancellation: Cancellation;
  readonly result: Promise<AttemptResult<Answer>>;
}

type Won<Answer> = Extract<RunResult<Answer>, { kind: 'committed' }>;

/**
 * Runs a plan until an attempt has something for the client or nothing is left to try: the one engine for every
 * endpoint. It knows targets, time and breakers, and nothing of protocols.
 */
export function runPlan<Answer>(input: RunInput<Answer>): Promise<RunResult<Answer>> {
  return new PlanRun(input).run();
}

class PlanRun<Answer> {
  private readonly failed: FailedTry[];
  private readonly retries: CallRetries;

  constructor(private readonly input: RunInput<Answer>) {
    this.failed = [...(input.failed ?? [])];
    this.retries = input.breakers.retries.ofCall(input.organizationId, input.clock.now());
  }

  async run(): Promise<RunResult<Answer>> {
    const { clock, cancellation, hedge } = this.input;
    while (!cancellation.isCancelled) {
      const choice = chooseNext(this.choiceInput());
      if (choice.kind === 'stop') break;
      if (choice.afterMs > 0) {
        await sleep(clock, choice.afterMs, cancellation);
        if (cancellation.isCancelled) break;
      }
      const running = this.start(choice.target, false);
      const won = hedge ? await this.race(running, hedge) : this.end(running, await running.result);
      if (won) return won;
    }
    return { kind: 'failed' };
  }

  private choiceInput(): ChoiceInput {
    const { targets, clock, breakers, deadlineMs, random, isTaken = false } = this.input;
    const nowMs = clock.now();
    return {
      targets,
      failed: this.failed,
      isTaken,
      breakerOf: (key) => breakers.stateOf(key, nowMs),
      mayRetry: (key) => this.retries.mayRetry(key, nowMs),
      nowMs,
      deadlineMs,
      random: random(),
    };
  }

  private start(index: number, isHedge: boolean): Running<Answer> {
    const { targets, clock, breakers, trail, newId, send, hedge, cancellation: client } = this.input;
    const target = targets[index];
    if (!target) throw new RangeError(`no target ${index}`);
    this.countRetry(index, target.key);
    breakers.begin(target.key, clock.now());
    const trace = beginTrace(newId(), trail.length + 1, target, clock.now());
    trace.isHedge = isHedge;
    trail.push(trace);
    if (!hedge) return { index, trace, cancellation: client, result: send(trace, client) };
    const cancellation = new Cancellation();
    const forget = client.onCancel(() => cancellation.cancel());
    const result = send(trace, cancellation);
    void result.then(forget);
    return { index, trace, cancellation, result };
  }

  /** Repeats count, and further attempts on what is known to be away; going on to another target never does. */
  private countRetry(index: number, key: string): void {
    const nowMs = this.input.clock.now();
    const isRepeat = this.failed.some((entry) => entry.target === index);
    const isAway = this.failed.length > 0 && this.input.breakers.stateOf(key, nowMs) === 'open';
    if (isRepeat || isAway) this.retries.retried(key, nowMs);
    else this.retries.attempted(key, nowMs);
  }

  /** Keeps how an attempt ended. */
  private end(running: Running<Answer>, result: AttemptResult<Answer>): Won<Answer> | null {
    const { clock, breakers } = this.input;
    const { trace, index } = running;
    const { key } = trace.target;
    if (result.kind === 'committed') {
      // A whole answer's first token says how long it is, not how fast it started.
      const firstTokenMs = this.input.streamed ? trace.firstTokenMs : null;
      breakers.answered(key, { startedMs: trace.startedMs, firstTokenMs }, clock.now());
      return { kind: 'committed', answer: result.answer, trace };
    }
    trace.failure = result.failure;
    trace.clock = result.clock;
    trace.endedMs ??= clock.now();
    breakers.failed(key, result.failure, clock.now(), {
      clock: result.clock,
      ms: clock.now() - trace.startedMs,
      streamed: this.input.streamed,
    });
    this.failed.push({ target: index, failure: result.failure });
    return null;
  }

  /** Asks a second target while the first is slow. The first with something for the client wins. */
  private async race(first: Running<Answer>, hedge: HedgeRule): Promise<Won<Answer> | null> {
    const early = await this.within(first, hedge.delayMs(first.trace.target));
    if (early) return this.end(first, early);
    const beside = chooseBeside(this.choiceInput(), first.index);
    if (beside === null || !hedge.take()) return this.end(first, await first.result);
    let open = [first, this.start(beside, true)];
    while (open.length > 0) {
      const done = await Promise.race(
        open.map(async (running) => ({ running, result: await running.result })),
      );
      open = open.filter((running) => running !== done.running);
      const won = this.end(done.running, done.result);
      if (!won) continue;
      for (const loser of open) this.lose(loser);
      return won;
    }
    return null;
  }

  /** The result, if it comes in time. */
  private within(running: Running<Answer>, ms: number): Promise<AttemptResult<Answer> | null> {
    return new Promise((resolve) => {
      const cancelTimer = this.input.clock.after(ms, () => resolve(null));
      void running.result.then((result) => {
        cancelTimer();
        resolve(result);
      });
    });
  }

  private lose({ trace, cancellation, result }: Running<Answer>): void {
    const { breakers, clock, discard } = this.input;
    cancellation.cancel();
    trace.lostRace = true;
    trace.endedMs ??= clock.now();
    trace.failure = {
      outcome: 'cancelled',
      statusCode: null,
      retryAfterMs: null,
      providerCode: null,
      message: 'Another target answered first.',
      param: null,
    };
    breakers.released(trace.target.key);
    void result.then((late) => {
      if (late.kind === 'committed') discard(late.answer);
    });
  }
}
