import type { AnswerSink } from '../pipeline/answer-sink.js';
import type { StreamPrinter } from '../doors/chat-door.js';
import type { EngineClock } from '../failover/clock.js';
import type { ChatStream, StreamEnding, StreamSink } from './chat-stream.js';
import type { StreamPiece } from './stream-piece.js';

/** Silence after which the client gets a comment, so that nothing between us closes the connection. */
export const KEEP_ALIVE_MS = 15_000;
/** A client that takes nothing for this long is gone. */
const MAX_STALL_MS = 60_000;

export interface RelayInput {
  readonly printer: StreamPrinter;
  readonly reply: AnswerSink;
  readonly clock: EngineClock;
  /** Told now and then how many characters were written, so that the hold can grow with them. */
  readonly onProgress: () => void;
  /** Takes a copy of what goes out, where the project keeps bodies. */
  readonly tap: ((bytes: Buffer) => void) | null;
}

/**
 * Forwards a committed answer to its client: whole frames as they are, printed ones in their place, at the client's pace.
 * The answer may come from several streams, one behind the other.
 */
export class ChatRelay implements StreamSink {
  private lastWriteMs: number;
  private isStalled = false;
  private isOver = false;
  private stream: ChatStream | null = null;
  private cancelKeepAlive: () => void = () => {};
  private cancelStall: () => void = () => {};
  private resolve: (ending: StreamEnding) => void = () => {};

  constructor(private readonly input: RelayInput) {
    this.lastWriteMs = input.clock.now();
    input.reply.onDrain(() => this.drained());
    this.armKeepAlive(KEEP_ALIVE_MS);
  }

  /** Resolves when this upstream has no more; what follows is the caller's. */
  forward(stream: ChatStream): Promise<StreamEnding> {
    return new Promise((resolve) => {
      this.resolve = resolve;
      this.stream = stream;
      if (this.isStalled) stream.pause();
      stream.attach(this);
    });
  }

  /** Ends the forwarding for a reason of ours; the upstream is closed. */
  stop(): void {
    this.stream?.cancel();
  }

  /** Nothing more is forwarded: the closing frames are the caller's. */
  close(): void {
    this.isOver = true;
    this.cancelKeepAlive();
    this.cancelStall();
  }

  pieces(pieces: StreamPiece[]): void {
    if (this.isOver) return;
    const out: Buffer[] = [];
    // Printed frames of one read go out as one buffer: each of its own costs more than its bytes.
    let printed = '';
    for (let index = 0; index < pieces.length; index += 1) {
      const piece = pieces[index];
      if (!piece) continue;
      if (piece.kind === 'text') {
        printed += piece.text;
        continue;
      }
      if (printed !== '') out.push(Buffer.from(printed));
      printed = '';
      index = this.joined(pieces, index, piece, out);
    }
    if (printed !== '') out.push(Buffer.from(printed));
    const [first] = out;
    if (first) this.write(out.length === 1 ? first : Buffer.concat(out));
    this.input.onProgress();
  }

  ended(ending: StreamEnding): void {
    this.stream = null;
    this.resolve(ending);
  }

  /** Neighbouring frames of one buffer go out in one piece. @returns index of the last piece that was taken */
  private joined(
    pieces: StreamPiece[],
    index: number,
    first: Extract<StreamPiece, { kind: 'bytes' }>,
    out: Buffer[],
  ): number {
    let last = index;
    let { end } = first;
    for (;;) {
      const next = pieces[last + 1];
      if (next?.kind !== 'bytes' || next.source !== first.source || next.start !== end) break;
      end = next.end;
      last += 1;
    }
    out.push(first.source.subarray(first.start, end));
    return last;
  }

  private write(bytes: Buffer): void {
    this.lastWriteMs = this.input.clock.now();
    this.input.tap?.(bytes);
    if (this.input.reply.write(bytes) || this.isStalled) return;
    this.isStalled = true;
    this.stream?.pause();
    this.cancelStall = this.input.clock.after(MAX_STALL_MS, () => this.input.reply.destroy());
  }

  private drained(): void {
    if (!this.isStalled || this.isOver) return;
    this.isStalled = false;
    this.cancelStall();
    this.stream?.resume();
  }

  private armKeepAlive(delayMs: number): void {
    this.cancelKeepAlive = this.input.clock.after(delayMs, () => {
      const silentMs = this.input.clock.now() - this.lastWriteMs;
      if (silentMs >= KEEP_ALIVE_MS && !this.isStalled)
        this.write(Buffer.from(this.input.printer.keepAlive()));
      this.armKeepAlive(Math.max(1, KEEP_ALIVE_MS - (this.input.clock.now() - this.lastWriteMs)));
    });
  }
}
