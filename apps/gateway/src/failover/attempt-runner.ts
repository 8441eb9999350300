import type { Clock, UpstreamFailure, Usage } from '@trunkline/contracts';
import type { Target } from '@trunkline/routing';
import type { Cancellation } from './cancellation.js';
import type { CircuitBreakers } from './circuit-breaker.js';
import { sleep, type EngineClock } from './clock.js';
import { chooseNext, type FailedTry } from './next-target.js';

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
  committed: boolean;
}

export type AttemptResult<Answer> =
  /** There is something for the client: from here nothing is tried again. */
  | { readonly kind: 'committed'; readonly answer: Answer }
  | { readonly kind: 'failed'; readonly failure: UpstreamFailure; readonly clock: Clock | null };

export interface RunInput<Answer> {
  readonly targets: readonly Target[];
  readonly clock: EngineClock;
  readonly breakers: CircuitBreakers;
  /** When the total clock runs out. */
  readonly deadlineMs: number;
  /** Says that the client is gone. */
  readonly cancellation: Cancellation;
  readonly newTrace: (target: Target, number: number) => AttemptTrace;
  /** Sends one attempt and keeps its trace; never rejects. */
  readonly send: (trace: AttemptTrace) => Promise<AttemptResult<Answer>>;
  readonly random: () => number;
}

export type RunResult<Answer> =
  | { readonly kind: 'committed'; readonly answer: Answer; readonly trail: AttemptTrace[] }
  | { readonly kind: 'failed'; readonly trail: AttemptTrace[] };

/**
 * Runs a plan until an attempt has something for the client or nothing is left to try: the one engine for every
 * endpoint. It knows targets, time and breakers, and nothing of protocols.
 */
export async function runPlan<Answer>(input: RunInput<Answer>): Promise<RunResult<Answer>> {
  const { targets, clock, breakers, cancellation } = input;
  const trail: AttemptTrace[] = [];
  const failed: FailedTry[] = [];
  while (!cancellation.isCancelled) {
    const nowMs = clock.now();
    const choice = chooseNext({
      targets,
      failed,
      breakerOf: (key) => breakers.stateOf(key, nowMs),
      nowMs,
      deadlineMs: input.deadlineMs,
      random: input.random(),
    });
    if (choice.kind === 'stop') break;
    if (choice.afterMs > 0) {
      await sleep(clock, choice.afterMs, cancellation);
      if (cancellation.isCancelled) break;
    }
    const target = targets[choice.target];
    if (!target) break;
    breakers.begin(target.key, clock.now());
    const trace = input.newTrace(target, trail.length + 1);
    trail.push(trace);
    const result = await input.send(trace);
    if (result.kind === 'committed') {
      trace.committed = true;
      // A whole answer's first token says how long it is, not how fast it started.
      const firstTokenMs = trace.endedMs === null ? trace.firstTokenMs : null;
      breakers.answered(target.key, { startedMs: trace.startedMs, firstTokenMs }, clock.now());
      return { kind: 'committed', answer: result.answer, trail };
    }
    trace.failure = result.failure;
    trace.clock = result.clock;
    trace.endedMs ??= clock.now();
    breakers.failed(target.key, result.failure, clock.now());
    failed.push({ target: choice.target, failure: result.failure });
  }
  return { kind: 'failed', trail };
}
