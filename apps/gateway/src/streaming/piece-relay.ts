import type { AnswerPiece } from '@trunkline/providers';
import type { PiecePrinter } from '../doors/endpoint-door.js';
import type { EngineClock } from '../failover/clock.js';
import type { StreamReply } from '../http/stream-reply.js';
import type { StreamEnding } from './chat-stream.js';
import type { EndpointStream, PieceSink } from './endpoint-stream.js';

/** A client that takes nothing for this long is gone. */
const MAX_STALL_MS = 60_000;

export interface PieceRelayInput {
  readonly stream: EndpointStream;
  readonly printer: PiecePrinter;
  readonly reply: StreamReply;
  readonly clock: EngineClock;
}

/** Forwards the pieces of a committed answer at its client's pace. */
export class PieceRelay implements PieceSink {
  private isStalled = false;
  private cancelStall: () => void = () => {};
  private resolve: (ending: StreamEnding) => void = () => {};

  constructor(private readonly input: PieceRelayInput) {
    input.reply.onDrain(() => this.drained());
  }

  /** Resolves when the upstream has no more; what follows is the caller's. */
  run(): Promise<StreamEnding> {
    return new Promise((resolve) => {
      this.resolve = resolve;
      this.input.stream.attach(this);
    });
  }

  pieces(pieces: readonly AnswerPiece[]): void {
    const { printer, reply, stream, clock } = this.input;
    for (const piece of pieces) {
      const bytes = printer.print(piece);
      if (bytes === null || bytes.length === 0 || reply.write(bytes) || this.isStalled) continue;
      this.isStalled = true;
      stream.pause();
      this.cancelStall = clock.after(MAX_STALL_MS, () => reply.destroy());
    }
  }

  ended(ending: StreamEnding): void {
    this.cancelStall();
    this.resolve(ending);
  }

  private drained(): void {
    if (!this.isStalled) return;
    this.isStalled = false;
    this.cancelStall();
    this.input.stream.resume();
  }
}
