import type { IncomingHttpHeaders } from 'node:http';
import type { Clock, UpstreamFailure } from '@trunkline/contracts';
import {
  framerFor,
  FramingError,
  type AnswerProgress,
  type ChatAdapter,
  type Framer,
  type SseEvent,
} from '@trunkline/providers';
import type { StreamPrinter } from '../doors/chat-door.js';
import type { AttemptResult, AttemptTrace } from '../failover/attempt-runner.js';
import { AttemptTimer } from '../failover/attempt-timer.js';
import type { EngineClock } from '../failover/clock.js';
import type { AttemptClocks, Deadline } from '../failover/clocks.js';
import { BoundedBody, MAX_ERROR_BODY_BYTES } from '../upstream/bounded-body.js';
import type { Origin } from '../upstream/connection-pools.js';
import { localFailure, transportFailure } from '../upstream/local-failure.js';
import { isTooDeep, TOO_DEEP } from '../upstream/too-deep.js';
import {
  UpstreamExchange,
  type ExchangeListener,
  type ExchangeRequest,
} from '../upstream/upstream-exchange.js';
import type { FrameReading, FrameSource, StreamPiece } from './stream-piece.js';

/** Frames held before the first content: role chunks, starts, pings. More is no protocol that we know. */
const MAX_HELD_BYTES = 1024 * 1024;
/** How long it is held that a tool runs at the provider, which is nothing that another target could not begin anew. */
const TOOL_HELD_MS = 10_000;

export interface StreamEnding {
  /** Null after a good end. */
  readonly failure: UpstreamFailure | null;
  readonly clock: Clock | null;
}

/** Who forwards a committed stream. */
export interface StreamSink {
  pieces(pieces: StreamPiece[]): void;
  ended(ending: StreamEnding): void;
}

export interface ChatStreamInput {
  readonly adapter: ChatAdapter;
  readonly source: FrameSource;
  readonly clock: EngineClock;
  readonly clocks: AttemptClocks;
  readonly trace: AttemptTrace;
  /** How much content is held back before the commit; nothing when absent. */
  readonly holdBack?: HoldBack | null;
}

/** The commit waits for so many tokens or so many milliseconds after the first of them, whichever comes first. */
export interface HoldBack {
  readonly tokens: number | null;
  readonly ms: number | null;
}

const CHARACTERS_PER_TOKEN = 4;
const WELL: StreamEnding = { failure: null, clock: null };

/**
 * One streamed attempt. Nothing of it reaches the client before the first frame with content or a good end: that is the
 * commit, before which a failure is the runner's, after which it is the relay's.
 */
export class ChatStream implements ExchangeListener {
  private readonly exchange = new UpstreamExchange(this);
  private readonly framer: Framer;
  private readonly timer: AttemptTimer;
  private pieces: StreamPiece[] = [];
  private heldBytes = 0;
  private cancelHoldBack: (() => void) | null = null;
  private cancelToolHold: (() => void) | null = null;
  private wrongBody: { statusCode: number; headers: IncomingHttpHeaders; body: BoundedBody } | null = null;
  private sink: StreamSink | null = null;
  private ending: StreamEnding | null = null;
  private goesOnBehindEnd = false;
  private resolve: ((result: AttemptResult<ChatStream>) => void) | null = null;

  constructor(private readonly input: ChatStreamInput) {
    this.framer = framerFor(input.adapter.framing);
    this.timer = new AttemptTimer(input.clock, input.clocks, (clock) => this.expire(clock));
  }

  get progress(): AnswerProgress {
    return this.input.source.progress;
  }

  get printer(): StreamPrinter {
    return this.input.source.printer;
  }

  get source(): FrameSource {
    return this.input.source;
  }

  get trace(): AttemptTrace {
    return this.input.trace;
  }

  send(origin: Origin, request: ExchangeRequest): Promise<AttemptResult<ChatStream>> {
    return new Promise((resolve) => {
      this.resolve = resolve;
      this.timer.check(this.input.trace.startedMs);
      this.exchange.start(origin, request);
    });
  }

  /** The client is gone, or the call may not go on: the upstream is closed at once. */
  cancel(): void {
    if (this.ending) return;
    this.end({ failure: localFailure('cancelled', 'The client went away.'), clock: null });
  }

  /** From here pieces go to the sink, beginning with what was held. */
  attach(sink: StreamSink): void {
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
    this.trace.connectedMs = nowMs;
    this.input.clocks.connected(nowMs);
    this.timer.check(nowMs);
  }

  head(statusCode: number, headers: IncomingHttpHeaders): void {
    const nowMs = this.input.clock.now();
    this.trace.headersMs = nowMs;
    this.trace.statusCode = statusCode;
    if (statusCode > 299) this.input.clocks.refused(nowMs);
    else this.input.clocks.headers(nowMs);
    this.timer.check(nowMs);
    if (statusCode > 299 || !mayBeEventStream(headers['content-type'])) {
      this.wrongBody = { statusCode, headers, body: new BoundedBody(MAX_ERROR_BODY_BYTES) };
    }
  }

  data(chunk: Buffer): void {
    if (this.ending) return;
    if (this.wrongBody) {
      if (!this.wrongBody.body.add(chunk)) this.end({ failure: this.failureOfWrongBody(), clock: null });
      return;
    }
    this.input.clocks.life(this.input.clock.now());
    let frames: SseEvent[];
    try {
      frames = this.framer.push(chunk);
    } catch (error) {
      const why = error instanceof FramingError ? error.message : 'its bytes cannot be read';
      const failure = localFailure('malformed', `The stream is broken: ${why}.`);
      return this.end(this.isWhole() && this.progress.hasContent ? WELL : { failure, clock: null });
    }
    for (const frame of frames) if (!this.readFrame(frame)) return;
    this.flush();
  }

  ended(): void {
    if (this.ending) return;
    if (this.wrongBody) return this.end({ failure: this.failureOfWrongBody(), clock: null });
    let failure: UpstreamFailure | null = null;
    for (const last of this.framer.end()) {
      const isWhole = this.isWhole() && this.progress.hasContent;
      const reading = this.input.source.read(last, this.pieces);
      if (reading === 'content') this.noteContent();
      if (typeof reading !== 'object') continue;
      // A frame without its blank line was cut: what cannot be read of it says nothing about the provider's JSON.
      const isHalf = reading.outcome === 'malformed';
      failure = isHalf ? localFailure('truncated', 'The stream ended in the middle of an event.') : reading;
      if (isHalf && isWhole) return this.end(WELL);
      break;
    }
    this.end({ failure: failure ?? this.progress.end(), clock: null });
  }

  failed(error: Error): void {
    if (this.ending) return;
    if (this.wrongBody) return this.end({ failure: this.failureOfWrongBody(), clock: null });
    const isWhole = this.isWhole() && this.progress.end() === null;
    this.end(isWhole ? WELL : { failure: this.failureOfCut(error), clock: null });
  }

  /**
   * The answer has ended well, whatever becomes of what follows it. Not so where an upstream goes on behind the end: it
   * says one with every frame.
   */
  private isWhole(): boolean {
    return this.progress.finished && !this.goesOnBehindEnd;
  }

  private failureOfCut(error: Error): UpstreamFailure {
    const failure = transportFailure(error);
    return this.progress.hasContent && failure.outcome === 'transport'
      ? { ...failure, outcome: 'truncated' }
      : failure;
  }

  /** @returns false when the stream is over */
  private readFrame(frame: SseEvent): boolean {
    const isWhole = this.isWhole() && this.progress.hasContent;
    if (isTooDeep(frame.data)) {
      this.end(isWhole ? WELL : { failure: localFailure('malformed', TOO_DEEP), clock: null });
      return false;
    }
    const wasFinished = this.progress.finished;
    const reading: FrameReading = this.input.source.read(frame, this.pieces);
    if (reading === 'content') this.noteContent(wasFinished);
    else if (reading === 'unseen') this.noteUnseen();
    else if (reading === 'tool_at_work') this.noteTool();
    else if (reading !== 'nothing' && reading !== 'done') {
      // What cannot be read behind a good end would have been usage at most.
      this.end(isWhole && reading.outcome === 'malformed' ? WELL : { failure: reading, clock: null });
      return false;
    }
    if (reading === 'done' || this.progress.terminated) {
      this.end({ failure: this.progress.end(), clock: null });
      return false;
    }
    if (this.progress.finished) {
      const nowMs = this.input.clock.now();
      this.input.clocks.finished(nowMs);
      this.timer.check(nowMs);
    }
    return this.resolve === null || this.holdWithinBounds(frame);
  }

  private noteContent(isBehindEnd = false): void {
    const nowMs = this.input.clock.now();
    this.goesOnBehindEnd ||= isBehindEnd;
    this.trace.firstTokenMs ??= nowMs;
    this.input.clocks.content(nowMs);
    if (!this.resolve) return;
    this.timer.check(nowMs);
    this.cancelToolHold?.();
    if (this.isHeldBack(nowMs)) return;
    this.commit();
  }

  /** The model writes, though nothing that goes to the client: its clocks see it. */
  private noteUnseen(): void {
    const nowMs = this.input.clock.now();
    this.input.clocks.content(nowMs);
    this.timer.check(nowMs);
    this.heldBytes = 0;
  }

  private noteTool(): void {
    const nowMs = this.input.clock.now();
    this.input.clocks.content(nowMs);
    if (!this.resolve) return;
    this.timer.check(nowMs);
    this.cancelToolHold ??= this.input.clock.after(TOOL_HELD_MS, () => this.commit());
  }

  private isHeldBack(nowMs: number): boolean {
    const { holdBack } = this.input;
    if (!holdBack) return false;
    const { outputText, reasoningText } = this.progress;
    const written = (outputText.length + reasoningText.length) / CHARACTERS_PER_TOKEN;
    if (holdBack.tokens !== null && written >= holdBack.tokens) return false;
    if (holdBack.ms === null) return holdBack.tokens !== null;
    const releasedMs = (this.trace.firstTokenMs ?? nowMs) + holdBack.ms;
    if (nowMs >= releasedMs) return false;
    this.cancelHoldBack ??= this.input.clock.after(releasedMs - nowMs, () => this.commit());
    return true;
  }

  private holdWithinBounds(frame: SseEvent): boolean {
    this.heldBytes += frame.end - frame.start;
    if (this.heldBytes <= MAX_HELD_BYTES) return true;
    if (this.cancelToolHold) {
      this.commit();
      return true;
    }
    this.end({ failure: localFailure('malformed', 'The stream goes on without content.'), clock: null });
    return false;
  }

  private commit(): void {
    this.cancelHoldBack?.();
    this.cancelToolHold?.();
    const { resolve } = this;
    this.resolve = null;
    resolve?.({ kind: 'committed', answer: this });
  }

  private expire(clock: Deadline['clock']): void {
    if (this.ending) return;
    if ((this.wrongBody?.statusCode ?? 0) > 299)
      return this.end({ failure: this.failureOfWrongBody(), clock: null });
    // Behind a good end it does not matter whose time is over.
    if (clock === 'grace' || (this.progress.finished && !this.goesOnBehindEnd))
      return this.end({ failure: this.progress.end(), clock: null });
    this.end({ failure: localFailure('timeout', `The ${clock.replace('_', ' ')} clock ran out.`), clock });
  }

  private end(ending: StreamEnding): void {
    this.ending = ending;
    this.timer.stop();
    this.cancelHoldBack?.();
    this.cancelToolHold?.();
    this.trace.endedMs = this.input.clock.now();
    this.trace.usage = this.progress.usage;
    if (ending.failure) this.exchange.abort();
    else this.exchange.release();
    if (this.resolve && ending.failure) {
      const { resolve } = this;
      this.resolve = null;
      resolve({ kind: 'failed', failure: ending.failure, clock: ending.clock });
      return;
    }
    this.commit();
    this.flush();
    this.sink?.ended(ending);
  }

  private flush(): void {
    if (!this.sink || this.pieces.length === 0) return;
    const { pieces } = this;
    this.pieces = [];
    this.sink.pieces(pieces);
  }

  /** An error's body, or a body that is no event stream: an error inside a 200, HTML, a whole answer in one piece. */
  private failureOfWrongBody(): UpstreamFailure {
    const { statusCode, headers, body } = this.wrongBody ?? {
      statusCode: 0,
      headers: {},
      body: new BoundedBody(0),
    };
    const text = body.text();
    if (statusCode > 299) {
      return this.input.adapter.classifyFailure({ statusCode, headers, body: text, receivedMs: Date.now() });
    }
    const parsed = this.input.adapter.parseAnswer(text);
    return parsed.kind === 'failed'
      ? parsed.failure
      : localFailure('malformed', 'The answer is not an event stream.');
  }
}

/** Some servers name no type, or a wrong one; only what cannot be a stream is taken for something else. */
function mayBeEventStream(contentType: string | undefined): boolean {
  return contentType === undefined || !/json|html|xml/i.test(contentType);
}
