import type { AppError } from '@trunkline/errors';
import { framerFor, type SseEvent } from '@trunkline/providers';
import type { JsonObject } from '../doors/responses/print/response-object.js';
import type { AnswerSink } from '../pipeline/answer-sink.js';
import type { EventLog } from './event-log.js';
import { ResponseSoFar } from './response-so-far.js';
import type { EndedStatus, RunningStatus } from './response-status.js';

/** Said by us when the call was taken, long before an upstream can say it. */
const SAID_AT_ONCE: ReadonlySet<unknown> = new Set([
  'response.created',
  'response.queued',
  'response.in_progress',
]);
const ENDS: Readonly<Record<string, EndedStatus>> = {
  'response.completed': 'completed',
  'response.incomplete': 'incomplete',
  'response.failed': 'failed',
};

export interface EndedResponse {
  readonly status: EndedStatus;
  readonly response: JsonObject;
}

/**
 * Takes the answer of a call that runs in the background, as its client would get it: one whose reader is never slow and
 * never leaves. What the stream says is put together and told on under numbers of its own.
 */
export class ResponseSink implements AnswerSink {
  /** An error that comes before any content is ours to tell. */
  readonly hasBegun = false;
  status: RunningStatus = 'queued';
  private readonly framer = framerFor('sse');
  private readonly soFar: ResponseSoFar;
  private last: { readonly end: EndedResponse; readonly event: JsonObject } | null = null;

  constructor(
    private readonly begun: JsonObject,
    private readonly log: EventLog,
  ) {
    this.soFar = new ResponseSoFar(begun);
  }

  /** The response as it would be told now. */
  get response(): JsonObject {
    return this.soFar.response(this.status);
  }

  /** Its first events; targets are asked from here on. */
  started(): void {
    this.log.add({ type: 'response.created', response: this.begun });
    this.log.add({ type: 'response.queued', response: this.begun });
    this.status = 'in_progress';
    this.log.add({ type: 'response.in_progress', response: this.response });
  }

  begin(): void {}

  sendWhole(_statusCode: number, _headers: Record<string, string>, body: string): void {
    // Guarantee: the door has printed it.
    const response = JSON.parse(body) as JsonObject;
    const output = Array.isArray(response['output']) ? (response['output'] as JsonObject[]) : [];
    for (const [index, item] of output.entries()) {
      this.take({ type: 'response.output_item.added', output_index: index, item });
      this.take({ type: 'response.output_item.done', output_index: index, item });
    }
    this.take({ type: `response.${String(response['status'])}`, response });
  }

  write(bytes: Buffer | string): boolean {
    const chunk = typeof bytes === 'string' ? Buffer.from(bytes) : bytes;
    for (const frame of this.framer.push(chunk)) this.takeFrame(frame);
    return true;
  }

  end(last?: Buffer | string): void {
    if (last) this.write(last);
    for (const rest of this.framer.end()) this.takeFrame(rest);
  }

  destroy(): void {}

  onDrain(): void {}

  /** No target had anything. */
  fail({ code, publicMessage: message, param }: AppError, envelope: object): void {
    this.take({ type: 'error', code, message, param, ...envelope });
    const response = { ...this.response, error: { code, message } };
    this.take({ type: 'response.failed', response: { ...response, status: 'failed' } });
  }

  /** How it ended; without a last word of the stream its client has ended it. */
  ended(): EndedResponse {
    return this.last?.end ?? { status: 'cancelled', response: this.soFar.response('cancelled') };
  }

  /** Tells the last event, which waits until everybody can read the same elsewhere. */
  lastEvent(): JsonObject {
    const { status, response } = this.ended();
    return this.last?.event ?? { type: `response.${status}`, response };
  }

  private takeFrame({ data }: SseEvent): void {
    // Comments keep connections open, and there is none.
    if (data === '' || data === '[DONE]') return;
    // Guarantee: the printer or the decoder has read it as an object.
    this.take(JSON.parse(data) as JsonObject);
  }

  private take(event: JsonObject): void {
    const type = String(event['type']);
    if (SAID_AT_ONCE.has(type) || this.last) return;
    const status = ENDS[type];
    if (status) {
      const response = { ...(event['response'] as JsonObject), id: this.begun['id'] };
      this.last = { end: { status, response }, event: { ...event, response } };
      return;
    }
    this.soFar.take(event);
    this.log.add(event);
  }
}
