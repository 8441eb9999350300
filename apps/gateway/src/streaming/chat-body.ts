import type { IncomingHttpHeaders } from 'node:http';
import type { Clock, UpstreamFailure } from '@trunkline/contracts';
import type { ChatAdapter } from '@trunkline/providers';
import type { ChatProtocol, WholeAnswer } from '../doors/chat-door.js';
import type { AttemptResult, AttemptTrace } from '../failover/attempt-runner.js';
import { AttemptTimer } from '../failover/attempt-timer.js';
import type { EngineClock } from '../failover/clock.js';
import type { OutputCheck } from '../failover/output-check.js';
import type { AttemptClocks } from '../failover/clocks.js';
import { BoundedBody, MAX_ANSWER_BODY_BYTES, MAX_ERROR_BODY_BYTES } from '../upstream/bounded-body.js';
import type { Origin } from '../upstream/connection-pools.js';
import { localFailure, transportFailure } from '../upstream/local-failure.js';
import {
  UpstreamExchange,
  type ExchangeListener,
  type ExchangeRequest,
} from '../upstream/upstream-exchange.js';

export interface ChatBodyInput {
  readonly adapter: ChatAdapter;
  /** What the client speaks. */
  readonly protocol: ChatProtocol;
  readonly clock: EngineClock;
  readonly clocks: AttemptClocks;
  readonly trace: AttemptTrace;
  readonly check: OutputCheck | null;
}

/** One attempt whose answer comes in one piece: it is committed when it has been read and is whole. */
export class ChatBody implements ExchangeListener {
  private readonly exchange = new UpstreamExchange(this);
  private readonly timer: AttemptTimer;
  private statusCode = 0;
  private headers: IncomingHttpHeaders = {};
  private body = new BoundedBody(MAX_ERROR_BODY_BYTES);
  private resolve: ((result: AttemptResult<WholeAnswer>) => void) | null = null;

  constructor(private readonly input: ChatBodyInput) {
    this.timer = new AttemptTimer(input.clock, input.clocks, (clock) => {
      if (this.statusCode > 299) return this.fail(this.failureOfStatus(), null);
      if (clock !== 'grace')
        this.fail(localFailure('timeout', `The ${clock.replace('_', ' ')} clock ran out.`), clock);
    });
  }

  send(origin: Origin, request: ExchangeRequest): Promise<AttemptResult<WholeAnswer>> {
    return new Promise((resolve) => {
      this.resolve = resolve;
      this.timer.check(this.input.trace.startedMs);
      this.exchange.start(origin, request);
    });
  }

  cancel(): void {
    this.fail(localFailure('cancelled', 'The client went away.'), null);
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
    this.statusCode = statusCode;
    this.headers = headers;
    if (statusCode <= 299) this.body = new BoundedBody(MAX_ANSWER_BODY_BYTES);
  }

  data(chunk: Buffer): void {
    const nowMs = this.input.clock.now();
    // White space before the body keeps the connection alive, and says nothing.
    if (isBlank(chunk)) this.input.clocks.life(nowMs);
    else this.input.clocks.content(nowMs);
    this.timer.check(nowMs);
    if (this.body.add(chunk)) return;
    this.fail(
      this.statusCode > 299 ? this.failureOfStatus() : localFailure('malformed', 'The answer is too large.'),
      null,
    );
  }

  ended(): void {
    if (this.statusCode > 299) return this.fail(this.failureOfStatus(), null);
    const { adapter, protocol } = this.input;
    const text = this.body.text();
    const parsed = adapter.parseAnswer(text);
    if (parsed.kind === 'failed') return this.fail(parsed.failure, null);
    const problem = this.input.check?.problemOf(parsed.answer) ?? null;
    if (problem !== null) {
      this.input.trace.usage = parsed.usage;
      return this.fail(localFailure('invalid_output', `The answer breaks its schema: ${problem}.`), null);
    }
    const nowMs = this.input.clock.now();
    this.input.trace.firstTokenMs = nowMs;
    this.input.trace.endedMs = nowMs;
    this.settle({
      kind: 'committed',
      answer: { ...parsed, native: adapter.protocol === protocol ? text : null },
    });
  }

  failed(error: Error): void {
    this.fail(this.statusCode > 299 ? this.failureOfStatus() : transportFailure(error), null);
  }

  private failureOfStatus(): UpstreamFailure {
    const { statusCode, headers } = this;
    return this.input.adapter.classifyFailure({
      statusCode,
      headers,
      body: this.body.text(),
      receivedMs: Date.now(),
    });
  }

  private fail(failure: UpstreamFailure, clock: Clock | null): void {
    if (this.resolve === null) return;
    this.exchange.abort();
    this.input.trace.endedMs = this.input.clock.now();
    this.settle({ kind: 'failed', failure, clock });
  }

  private settle(result: AttemptResult<WholeAnswer>): void {
    const { resolve } = this;
    this.resolve = null;
    this.timer.stop();
    resolve?.(result);
  }
}

function isBlank(chunk: Buffer): boolean {
  for (const byte of chunk)
    if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return false;
  return true;
}
