import type { PassthroughReader, SseEvent } from '@trunkline/providers';
import type { FrameReading, FrameSource, StreamPiece } from './stream-piece.js';

/** An upstream that speaks the client's protocol: frames pass byte for byte and are read beside the forwarding. */
export class PassthroughSource implements FrameSource {
  constructor(readonly progress: PassthroughReader) {}

  read(frame: SseEvent, pieces: StreamPiece[]): FrameReading {
    const reading = this.progress.read(frame);
    switch (reading.kind) {
      case 'forward':
        pieces.push({ kind: 'bytes', source: frame.source, start: frame.start, end: frame.end });
        return reading.hasContent ? 'content' : 'nothing';
      case 'print':
        pieces.push({ kind: 'chunk', chunk: reading.chunk, hasFinish: reading.hasFinish });
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
