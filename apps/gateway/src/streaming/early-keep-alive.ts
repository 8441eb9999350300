import type { StreamPrinter } from '../doors/chat-door.js';
import type { EngineClock } from '../failover/clock.js';
import type { AnswerSink } from '../pipeline/answer-sink.js';
import { KEEP_ALIVE_MS } from './chat-relay.js';

export interface EarlyKeepAliveInput {
  readonly reply: AnswerSink;
  readonly printer: StreamPrinter;
  readonly clock: EngineClock;
  readonly headers: Record<string, string>;
}

/**
 * Keeps a client's connection alive before there is an answer, for those who ask for it: from the first silence on the
 * status is out, and a late failure can only be a frame.
 */
export class EarlyKeepAlive {
  private cancelTimer: () => void = () => {};

  constructor(private readonly input: EarlyKeepAliveInput) {
    this.arm();
  }

  stop(): void {
    this.cancelTimer();
  }

  private arm(): void {
    const { reply, printer, clock, headers } = this.input;
    this.cancelTimer = clock.after(KEEP_ALIVE_MS, () => {
      reply.begin(200, headers);
      reply.write(printer.keepAlive());
      this.arm();
    });
  }
}
