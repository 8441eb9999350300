import type { PassthroughReader, SentAnswer, SseEvent } from '@trunkline/providers';
import type { FrameReading, FrameSource, StreamPiece } from '../../streaming/stream-piece.js';
import type { ChatPrinter } from './chat-printer.js';

/** An upstream that speaks OpenAI chat, with whatever quirks: frames that any client can read pass byte for byte. */
export class PassthroughSource implements FrameSource {
  constructor(
    readonly progress: PassthroughReader,
    readonly printer: ChatPrinter,
    /** OpenRouter's clients take usage or none, and do not take null for none. */
    private readonly withoutNullUsage: boolean,
  ) {}

  get sent(): SentAnswer {
    return this.progress.sent;
  }

  read(frame: SseEvent, pieces: StreamPiece[]): FrameReading {
    const reading = this.progress.read(frame);
    switch (reading.kind) {
      case 'forward':
        addText(pieces, this.printer.passing());
        pieces.push(this.passed(frame));
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

  private passed(frame: SseEvent): StreamPiece {
    const { data, source, start, end } = frame;
    return this.withoutNullUsage && NULL_USAGE.test(data)
      ? { kind: 'text', text: printedWithoutUsage(data) }
      : { kind: 'bytes', source, start, end };
  }
}

/** It may stand in a text as well: that frame is printed again and says the same. */
const NULL_USAGE = /"usage"\s*:\s*null/;

function printedWithoutUsage(data: string): string {
  const { usage, ...chunk } = JSON.parse(data) as Record<string, unknown>;
  return `data: ${JSON.stringify(usage === null ? chunk : { ...chunk, usage })}\n\n`;
}

function addText(pieces: StreamPiece[], text: string): void {
  if (text !== '') pieces.push({ kind: 'text', text });
}
