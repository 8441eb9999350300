import { isContent, type UpstreamFailure } from '@trunkline/contracts';
import type { ChatDecoder, SseEvent } from '@trunkline/providers';
import type { ChatChunkPrinter } from './chat-chunk-printer.js';
import type { FrameReading, FrameSource, StreamPiece } from './stream-piece.js';

/** An upstream of another protocol: its events become canonical, and those become chat chunks. */
export class TranslateSource implements FrameSource {
  constructor(
    readonly progress: ChatDecoder,
    private readonly printer: ChatChunkPrinter,
  ) {}

  read(frame: SseEvent, pieces: StreamPiece[]): FrameReading {
    let reading: FrameReading = 'nothing';
    let failure: UpstreamFailure | null = null;
    for (const event of this.progress.push(frame)) {
      if (event.type === 'error') {
        failure = event.failure;
        break;
      }
      const chunk = this.printer.chunkFor(event);
      if (chunk) pieces.push({ kind: 'chunk', chunk, hasFinish: event.type === 'finish' });
      if (isContent(event)) reading = 'content';
    }
    if (failure) return failure;
    return this.progress.terminated && reading === 'nothing' ? 'done' : reading;
  }
}
