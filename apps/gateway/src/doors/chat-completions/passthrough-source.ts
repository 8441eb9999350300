import type { PassthroughReader, SentAnswer, SseEvent } from '@trunkline/providers';
import type { FrameReading, FrameSource, StreamPiece } from '../../streaming/stream-piece.js';
import type { ChatPrinter } from './chat-printer.js';

/** An upstream that speaks OpenAI chat, with whatever quirks: frames that any client can read pass byte for byte. */
export class PassthroughSource implements FrameSource {
  constructor(
    readonly progress: PassthroughReader,
    readonly printer: ChatPrinter,
  ) {}

  get sent(): SentAnswer {
    return this.progress.sent;
  }

  read(frame: SseEvent, pieces: StreamPiece[]): FrameReading {
    const reading = this.progress.read(frame);
    switch (reading.kind) {
      case 'forward':
        addText(pieces, this.printer.passing());
        pieces.push({ kind: 'bytes', source: frame.source, start: frame.start, end: frame.end });
        return reading.hasContent ? 'content' : 'nothing';
      case 'print':
        addText(pieces, this.printer.printChunk(reading.chunk, reading.hasFinish));
        return reading.hasContent ? 'content' : 'nothing';
      case 'swallow':
        return 'nothing';
      case 'done':
        return 'done';
      case 'failed':
        return reading.failure;
    }
  }
}

function addText(pieces: StreamPiece[], text: string): void {
  if (text !== '') pieces.push({ kind: 'text', text });
}
