import type { IncomingHttpHeaders } from 'node:http';
import type { Clock, UpstreamFailure } from '@trunkline/contracts';
import type { FailedResponse } from '@trunkline/providers';
import type { AttemptTrace } from '../failover/attempt-runner.js';
import { AttemptTimer } from '../failover/attempt-timer.js';
import type { EngineClock } from '../failover/clock.js';
import type { AttemptClocks } from '../failover/clocks.js';
import { BoundedBody, MAX_ANSWER_BODY_BYTES, MAX_ERROR_BODY_BYTES } from '../upstream/bounded-body.js';
import type { Origin } from '../upstream/connection-pools.js';
import { localFailure, transportFailure } from '../upstream/local-failure.js';
import { isTooDeep, TOO_DEEP } from '../upstream/too-deep.js';
import {
  UpstreamExchange,
  type ExchangeListener,
  type ExchangeRequest,
} from '../upstream/upstream-exchange.js';

/**
 * A body of which less comes within the gap clock does not come at all: a byte now and then would hold a call until its
 * total clock runs out, and no other target would be asked.
 */
const LEAST_PROGRESS_BYTES = 64;

export type BodyResult =
  | { readonly kind: 'read'; readonly body: string }
  | { readonly kind: 'failed'; readonly failure: UpstreamFailure; readonly clock: Clock | null };

export interface PlainBodyInput {
  readonly classify: (response: FailedResponse) => UpstreamFailure;
  readonly clock: EngineClock;
  readonly clocks: AttemptClocks;
  readonly trace: AttemptTrace;
}

/** One request of an attempt whose answer comes in one piece: read to its end, whatever it says. */
export class PlainBody implements ExchangeListener {
  private readonly exchange = new UpstreamExchange(this);
  private readonly timer: AttemptTimer;
  private statusCode = 0;
  private headers: IncomingHttpHeaders = {};
  private body = new BoundedBody(MAX_ERROR_BODY_BYTES);
  private resolve: ((result: BodyResult) => void) | null = null;
  /** Since the clocks last heard of progress; the first byte is some. */
  private newBytes = LEAST_PROGRESS_BYTES;

  constructor(private readonly input: PlainBodyInput) {
    this.timer = new AttemptTimer(input.clock, input.clocks, (clock) => {
      if (this.statusCode > 299) return this.fail(this.failureOfStatus(), null);
      if (clock !== 'grace')
        this.fail(localFailure('timeout', `The ${clock.replace('_', ' ')} clock ran out.`), clock);
    });
  }

  send(origin: Origin, request: ExchangeRequest): Promise<BodyResult> {
    return new Promise((resolve) => {
      this.resolve = resolve;
      this.timer.check(this.input.clock.now());
      this.exchange.start(origin, request);
    });
  }

  cancel(): void {
    this.fail(localFailure('cancelled', 'The client went away.'), null);
  }

  connected(): void {
    const nowMs = this.input.clock.now();
    this.input.trace.connectedMs ??= nowMs;
    this.input.clocks.connected(nowMs);
    this.timer.check(nowMs);
  }

  head(statusCode: number, headers: IncomingHttpHeaders): void {
    const nowMs = this.input.clock.now();
    this.input.trace.headersMs ??= nowMs;
    this.input.trace.statusCode = statusCode;
    if (statusCode > 299) this.input.clocks.refused(nowMs);
    else this.input.clocks.headers(nowMs);
    this.timer.check(nowMs);
    this.statusCode = statusCode;
    this.headers = headers;
    if (statusCode <= 299) this.body = new BoundedBody(MAX_ANSWER_BODY_BYTES);
  }

  data(chunk: Buffer): void {
    if (this.statusCode <= 299) this.noteProgress(chunk);
    if (this.body.add(chunk)) return;
    this.fail(
      this.statusCode > 299 ? this.failureOfStatus() : localFailure('malformed', 'The answer is too large.'),
      null,
    );
  }

  ended(): void {
    if (this.statusCode > 299) return this.fail(this.failureOfStatus(), null);
    const body = this.body.text();
    if (isTooDeep(body)) return this.fail(localFailure('malformed', TOO_DEEP), null);
    this.settle({ kind: 'read', body });
  }

  failed(error: Error): void {
    this.fail(this.statusCode > 299 ? this.failureOfStatus() : transportFailure(error), null);
  }

  private noteProgress(chunk: Buffer): void {
    const nowMs = this.input.clock.now();
    // White space before the body keeps the connection alive, and says nothing.
    if (isBlank(chunk)) this.input.clocks.life(nowMs);
    else if ((this.newBytes += chunk.length) >= LEAST_PROGRESS_BYTES) {
      this.newBytes = 0;
      this.input.clocks.content(nowMs);
    }
    this.timer.check(nowMs);
  }

  private failureOfStatus(): UpstreamFailure {
    const { statusCode, headers } = this;
    return this.input.classify({ statusCode, headers, body: this.body.text(), receivedMs: Date.now() });
  }

  private fail(failure: UpstreamFailure, clock: Clock | null): void {
    if (this.resolve === null) return;
    this.exchange.abort();
    this.input.trace.endedMs = this.input.clock.now();
    this.settle({ kind: 'failed', failure, clock });
  }

  private settle(result: BodyResult): void {
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
