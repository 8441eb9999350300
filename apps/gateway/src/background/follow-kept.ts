import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CallId } from '@trunkline/contracts';
import { AppError, openAiErrorBody } from '@trunkline/errors';
import type { JsonObject } from '../doors/responses/print/response-object.js';
import type { AnswerSink } from '../pipeline/answer-sink.js';
import type { RequestContext } from '../pipeline/request-context.js';
import { KEEP_ALIVE_MS } from '../streaming/chat-relay.js';
import type { BackgroundReading, BackgroundStore } from './background-store.js';
import { eventFrame } from './event-log.js';
import { isRunning } from './response-status.js';
import { responseOf } from './response-of.js';

/** Events are written in steps of this, and asked for likewise. */
const EVERY_MS = 100;

export interface FollowKept {
  readonly store: BackgroundStore;
  readonly callId: CallId;
  /** Number of the last event that the client has; −1 for none. */
  readonly startingAfter: number;
  readonly reply: AnswerSink;
  readonly client: RequestContext;
}

/** Tells a client the events that are kept of a response, from where it was, and those that follow until the last. */
export async function followKept(input: FollowKept): Promise<void> {
  const { reply, client } = input;
  const abort = new AbortController();
  client.onEnd(() => abort.abort());
  client.cancellation.onCancel(() => {
    abort.abort();
    reply.destroy();
  });
  const pacer = new Pacer(reply, abort.signal);
  const told: BackgroundReading['chunks'][number][] = [];
  let nextChunk = 0;
  let last = input.startingAfter;
  while (!abort.signal.aborted) {
    const reading = await input.store.read(input.callId, nextChunk).catch(() => null);
    if (reading === null || reading.status === 'deleted') return reply.end(brokenOff(last + 1));
    nextChunk += reading.chunks.length;
    told.push(...reading.chunks);
    for (const { first, frames } of reading.chunks) {
      if (first > last + 1) return reply.end(brokenOff(last + 1));
      const from = Math.max(0, last + 1 - first);
      if (from < frames.length) await pacer.write(frames.slice(from).join(''));
      last = Math.max(last, first + frames.length - 1);
    }
    if (reading.isFull) return reply.end(brokenOff(last + 1));
    if (reading.isLost) return reply.end(lostEnd({ ...reading, chunks: told }, last + 1));
    if (!isRunning(reading.status)) return reply.end();
    await pacer.wait(EVERY_MS);
  }
}

/** Writes as fast as the client reads, and keeps its connection open. */
class Pacer {
  private lastWriteMs = Date.now();
  private drained: (() => void) | null = null;

  constructor(
    private readonly reply: AnswerSink,
    private readonly signal: AbortSignal,
  ) {
    reply.onDrain(() => this.drained?.());
  }

  async write(text: string): Promise<void> {
    this.lastWriteMs = Date.now();
    if (this.reply.write(text) || this.signal.aborted) return;
    const gone = once(this.signal, 'abort');
    const drained = new Promise<void>((resolve) => {
      this.drained = resolve;
    });
    await Promise.race([drained, gone]);
  }

  async wait(ms: number): Promise<void> {
    if (Date.now() - this.lastWriteMs >= KEEP_ALIVE_MS) await this.write(': keep-alive\n\n');
    await sleep(ms, undefined, { signal: this.signal }).catch(() => undefined);
  }
}

/** The rest cannot be told: never a clean end. */
function brokenOff(number: number): string {
  const error = new AppError('service_unavailable', {
    publicMessage: 'The further events of this response are not kept. Retrieve it without a stream.',
  });
  return errorFrame(error.code, error.publicMessage, openAiErrorBody(error), number);
}

/** What its process would have said. */
function lostEnd(reading: BackgroundReading, number: number): string {
  const error = new AppError('gateway_lost');
  const response: JsonObject = responseOf(reading);
  return (
    errorFrame(error.code, error.publicMessage, openAiErrorBody(error), number) +
    eventFrame({ type: 'response.failed', sequence_number: number + 1, response })
  );
}

function errorFrame(code: string, message: string, envelope: object, number: number): string {
  return eventFrame({ type: 'error', sequence_number: number, code, message, param: null, ...envelope });
}
