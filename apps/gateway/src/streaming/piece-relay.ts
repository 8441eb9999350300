import type { AnswerPiece } from '@trunkline/providers';
import type { PiecePrinter } from '../doors/endpoint-door.js';
import type { EngineClock } from '../failover/clock.js';
import type { StreamReply } from '../http/stream-reply.js';
import type { StreamEnding } from './chat-stream.js';
import type { EndpointStream, PieceSink } from './endpoint-stream.js';

/** A client that takes nothing for this long is gone. */
const MAX_STALL_MS = 60_000;

export interface PieceRelayInput {
  readonly printer: PiecePrinter;
  readonly reply: StreamReply;
  readonly clock: EngineClock;
  /** Hears what goes to the client. */
  readonly note: (piece: AnswerPiece) => void;
}

/** What of a piece the client gets; null for nothing. */
export type PieceJoint = (piece: AnswerPiece) => AnswerPiece | null;

/**
 * Forwards the pieces of a committed answer at its client's pace. The answer may come from several streams, one behind
 * the other.
 */
export class PieceRelay implements PieceSink {
  private isStalled = false;
  private stream: EndpointStream | null = null;
  private joint: PieceJoint | null = null;
  private cancelStall: () => void = () => {};
  private resolve: (ending: StreamEnding) => void = () => {};

  constructor(private readonly input: PieceRelayInput) {
    input.reply.onDrain(() => this.drained());
  }

  /** Resolves when this upstream has no more; what follows is the caller's. */
  forward(stream: EndpointStream, joint: PieceJoint | null = null): Promise<StreamEnding> {
    return new Promise((resolve) => {
      this.resolve = resolve;
      this.stream = stream;
      this.joint = joint;
      if (this.isStalled) stream.pause();
      stream.attach(this);
    });
  }

  /** Ends the forwarding: the upstream is closed. */
  stop(): void {
    this.stream?.cancel();
  }

  /** Nothing more is forwarded. */
  close(): void {
    this.cancelStall();
  }

  pieces(pieces: readonly AnswerPiece[]): void {
    const { printer, reply, clock, note } = this.input;
    for (const came of pieces) {
      const piece = this.joint ? this.joint(came) : came;
      if (piece === null) continue;
      note(piece);
      const bytes = printer.print(piece);
      if (bytes === null || bytes.length === 0 || reply.write(bytes) || this.isStalled) continue;
      this.isStalled = true;
      this.stream?.pause();
      this.cancelStall = clock.after(MAX_STALL_MS, () => reply.destroy());
    }
  }

  ended(ending: StreamEnding): void {
    this.stream = null;
    this.resolve(ending);
  }

  private drained(): void {
    if (!this.isStalled) return;
    this.isStalled = false;
    this.cancelStall();
    this.stream?.resume();
  }
}
