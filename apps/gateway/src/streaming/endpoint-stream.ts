import type { IncomingHttpHeaders } from 'node:http';
import type { UpstreamFailure } from '@trunkline/contracts';
import type { AnswerPiece, AnswerReader, FailedResponse } from '@trunkline/providers';
import type { AttemptResult, AttemptTrace } from '../failover/attempt-runner.js';
import { AttemptTimer } from '../failover/attempt-timer.js';
import type { EngineClock } from '../failover/clock.js';
import type { AttemptClocks, Deadline } from '../failover/clocks.js';
import { BoundedBody, MAX_ERROR_BODY_BYTES } from '../upstream/bounded-body.js';
import type { Origin } from '../upstream/connection-pools.js';
import { localFailure, transportFailure } from '../upstream/local-failure.js';
import {
  UpstreamExchange,
  type ExchangeListener,
  type ExchangeRequest,
} from '../upstream/upstream-exchange.js';
import type { StreamEnding } from './chat-stream.js';

/** Who forwards a committed answer. */
export interface PieceSink {
  pieces(pieces: readonly AnswerPiece[]): void;
  ended(ending: StreamEnding): void;
}

export interface EndpointStreamInput {
  readonly reader: AnswerReader;
  readonly classify: (response: FailedResponse) => UpstreamFailure;
  /** Why a body of another type than expected is no answer. */
  readonly failureInBody: (body: string) => UpstreamFailure;
  readonly clock: EngineClock;
  readonly clocks: AttemptClocks;
  readonly trace: AttemptTrace;
}

/**
 * One attempt whose answer comes in pieces: sound, or events. It is committed with the first of them; before, a failure is
 * the runner's, after, the relay's.
 */
export class EndpointStream implements ExchangeListener {
  private readonly exchange = new UpstreamExchange(this);
  private readonly timer: AttemptTimer;
  private held: AnswerPiece[] = [];
  private wrongBody: { statusCode: number; headers: IncomingHttpHeaders; body: BoundedBody } | null = null;
  private sink: PieceSink | null = null;
  private ending: StreamEnding | null = null;
  private resolve: ((result: AttemptResult<EndpointStream>) => void) | null = null;
  reader: AnswerReader;

  constructor(private readonly input: EndpointStreamInput) {
    this.reader = input.reader;
    this.timer = new AttemptTimer(input.clock, input.clocks, (clock) => this.expire(clock));
  }

  send(origin: Origin, request: ExchangeRequest): Promise<AttemptResult<EndpointStream>> {
    return new Promise((resolve) => {
      this.resolve = resolve;
      this.timer.check(this.input.clock.now());
      this.exchange.start(origin, request);
    });
  }

  /** The client is gone: the upstream is closed at once. */
  cancel(): void {
    this.end({ failure: localFailure('cancelled', 'The client went away.'), clock: null });
  }

  /** From here pieces go to the sink, beginning with what was held. */
  attach(sink: PieceSink): void {
    this.sink = sink;
    this.flush();
    if (this.ending) sink.ended(this.ending);
  }

  pause(): void {
    this.exchange.pause();
    this.timer.suspend();
  }

  resume(): void {
    const nowMs = this.input.clock.now();
    this.input.clocks.resumed(nowMs);
    this.timer.check(nowMs);
    this.exchange.resume();
  }

  connected(): void {
    const nowMs = this.input.clock.now();
    this.input.trace.connectedMs = nowMs;
    this.input.clocks.connected(nowMs);
    this.timer.check(nowMs);
  }

  head(statusCode: number, headers: IncomingHttpHeaders): void {
    const nowMs = this.input.clock.now();
    this.input.trace.headersMs = nowMs;
    this.input.trace.statusCode = statusCode;
    if (statusCode > 299) this.input.clocks.refused(nowMs);
    else this.input.clocks.headers(nowMs);
    this.timer.check(nowMs);
    const type = headers['content-type'] ?? '';
    this.reader = this.reader.instead?.(type) ?? this.reader;
    if (statusCode > 299 || this.reader.refuses.test(type)) {
      this.wrongBody = { statusCode, headers, body: new BoundedBody(MAX_ERROR_BODY_BYTES) };
    }
  }

  data(chunk: Buffer): void {
    if (this.ending) return;
    if (this.wrongBody) {
      if (!this.wrongBody.body.add(chunk)) this.end({ failure: this.failureOfWrongBody(), clock: null });
      return;
    }
    const nowMs = this.input.clock.now();
    this.input.clocks.life(nowMs);
    const pieces = this.reader.push(chunk);
    this.take(pieces, nowMs);
    if (this.reader.failure) this.end({ failure: this.reader.failure, clock: null });
  }

  ended(): void {
    if (this.ending) return;
    if (this.wrongBody) return this.end({ failure: this.failureOfWrongBody(), clock: null });
    const { pieces, failure } = this.reader.end();
    if (failure === null) this.take(pieces, this.input.clock.now());
    this.end({ failure, clock: null });
  }

  failed(error: Error): void {
    if (this.ending) return;
    if (this.wrongBody) return this.end({ failure: this.failureOfWrongBody(), clock: null });
    const failure = transportFailure(error);
    const isCut = this.resolve === null && failure.outcome === 'transport';
    this.end({
      failure: this.reader.isWhole ? null : isCut ? { ...failure, outcome: 'truncated' } : failure,
      clock: null,
    });
  }

  private take(pieces: readonly AnswerPiece[], nowMs: number): void {
    if (pieces.length === 0) return;
    this.held.push(...pieces);
    this.input.trace.firstTokenMs ??= nowMs;
    this.input.clocks.content(nowMs);
    if (this.resolve) this.timer.check(nowMs);
    this.commit();
    this.flush();
  }

  private commit(): void {
    const { resolve } = this;
    this.resolve = null;
    resolve?.({ kind: 'committed', answer: this });
  }

  private expire(clock: Deadline['clock']): void {
    if ((this.wrongBody?.statusCode ?? 0) > 299)
      return this.end({ failure: this.failureOfWrongBody(), clock: null });
    if (clock === 'grace') return;
    this.end({ failure: localFailure('timeout', `The ${clock.replace('_', ' ')} clock ran out.`), clock });
  }

  private end(ending: StreamEnding): void {
    if (this.ending) return;
    this.ending = ending;
    this.timer.stop();
    this.input.trace.endedMs = this.input.clock.now();
    this.input.trace.usage = this.reader.usage;
    if (ending.failure) this.exchange.abort();
    else this.exchange.release();
    const { resolve } = this;
    if (resolve && ending.failure) {
      this.resolve = null;
      resolve({ kind: 'failed', failure: ending.failure, clock: ending.clock });
      return;
    }
    this.commit();
    this.flush();
    this.sink?.ended(ending);
  }

  private flush(): void {
    if (!this.sink || this.held.length === 0) return;
    this.sink.pieces(this.held.splice(0));
  }

  /** An error's body, or a body that is no such answer: an error inside a 200, a web page. */
  private failureOfWrongBody(): UpstreamFailure {
    const { statusCode = 0, headers = {}, body } = this.wrongBody ?? {};
    const text = body?.text() ?? '';
    if (statusCode <= 299) return this.input.failureInBody(text);
    return this.input.classify({ statusCode, headers, body: text, receivedMs: Date.now() });
  }
}
