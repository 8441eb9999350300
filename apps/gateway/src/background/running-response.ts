import { setTimeout as sleep } from 'node:timers/promises';
import type { StoredResponse } from '@trunkline/contracts';
import type { AppError } from '@trunkline/errors';
import type { CancelReason } from '../failover/cancellation.js';
import type { RequestContext } from '../pipeline/request-context.js';
import type { BackgroundOwner, BackgroundStore, BackgroundWishWord, EventChunk } from './background-store.js';
import { EventLog } from './event-log.js';
import { type EndedResponse, ResponseSink } from './response-sink.js';
import type { EndedStatus, RunningStatus } from './response-status.js';

/** Events are written together: each on its own would cost Redis more than it says. */
const FLUSH_MS = 100;
/** How often an end is written again while Redis is away: as long as its process may well be there. */
const END_WAITS_MS = [100, 200, 400, 800, 1_600, 3_200, 6_400];

export interface RunningResponseInput {
  readonly names: BackgroundOwner;
  readonly begun: StoredResponse;
  readonly context: RequestContext;
  readonly store: BackgroundStore;
}

/** A response that this process runs: its events, what others are told of it, and how it ends. */
export class RunningResponse {
  readonly log = new EventLog();
  readonly sink: ResponseSink;
  /** Its client wants nothing of it kept. */
  isDeleted = false;
  private readonly unwritten: EventChunk[] = [];
  private chunksWritten = 0;
  private hasBegunThere = false;
  private isCutThere = false;
  private writing: Promise<void> = Promise.resolve();
  private timer: NodeJS.Timeout | null = null;

  constructor(private readonly input: RunningResponseInput) {
    this.sink = new ResponseSink(input.begun.response, this.log);
  }

  get names(): BackgroundOwner {
    return this.input.names;
  }

  get begun(): StoredResponse {
    return this.input.begun;
  }

  /** Tells all processes of it. @throws when Redis is away: nobody could ask for it then */
  async announce(): Promise<void> {
    await this.write(null);
    this.log.listen(() => this.flushSoon());
  }

  /** Gives a sign of life. */
  touch(): void {
    this.writing = this.writing.then(() => this.write(null)).catch(() => undefined);
  }

  end(reason: CancelReason): void {
    this.input.context.cancellation.cancel(reason);
  }

  fail(error: AppError, envelope: object): void {
    this.sink.fail(error, envelope);
  }

  /** Writes how it ended, then tells it: who reads the last event finds the same everywhere. */
  async conclude(): Promise<EndedResponse> {
    if (this.timer) clearTimeout(this.timer);
    await this.writing;
    const ended = this.sink.ended();
    const last = this.log.note(this.sink.lastEvent());
    for (const waitMs of [0, ...END_WAITS_MS]) {
      await sleep(waitMs);
      const isWritten = await this.write(ended).then(
        () => true,
        () => false,
      );
      if (isWritten) break;
    }
    this.log.tell(last, true);
    return ended;
  }

  heard(wish: BackgroundWishWord): void {
    if (wish === 'delete') this.isDeleted = true;
    this.end('client_left');
  }

  private flushSoon(): void {
    this.timer ??= setTimeout(() => {
      this.timer = null;
      this.touch();
    }, FLUSH_MS);
  }

  private async write(ended: EndedResponse | null): Promise<void> {
    const waiting = this.log.take();
    if (waiting) this.unwritten.push(waiting);
    const chunks = [...this.unwritten];
    const status: RunningStatus | EndedStatus = ended?.status ?? this.sink.status;
    const [now, wish] = await this.input.store.write({
      ...this.input.names,
      status,
      begun: this.hasBegunThere ? null : this.input.begun.response,
      response: ended?.response ?? null,
      isFull: this.log.isFull || this.isCutThere,
      chunksBefore: this.chunksWritten,
      chunks,
    });
    if (now === 'unknown') return this.writeAnew(ended);
    this.hasBegunThere = true;
    this.unwritten.splice(0, chunks.length);
    this.chunksWritten += chunks.length;
    if (wish !== '') this.heard(wish);
    // Others were told that it is lost, or that it is gone: nobody would hear of its end.
    if (now !== status && ended === null) this.end('gateway_lost');
  }

  /** Redis forgot it: its first events are gone for good, and nobody is to take the rest for the whole. */
  private writeAnew(ended: EndedResponse | null): Promise<void> {
    this.hasBegunThere = false;
    this.isCutThere = true;
    this.unwritten.length = 0;
    this.chunksWritten = 0;
    return this.write(ended);
  }
}
