import { isContent } from '@trunkline/contracts';
import type { ChatDecoder, SseEvent } from '@trunkline/providers';
import type { StreamPrinter } from '../doors/chat-door.js';
import { SentText } from './sent-text.js';
import type { FrameReading, FrameSource, StreamPiece } from './stream-piece.js';

/** An upstream that speaks the door's own dialect: frames pass byte for byte and are read beside the forwarding. */
export class FollowSource implements FrameSource {
  readonly sent = new SentText();

  constructor(
    readonly progress: ChatDecoder,
    readonly printer: StreamPrinter,
  ) {}

  read(frame: SseEvent, pieces: StreamPiece[]): FrameReading {
    const events = this.progress.push(frame);
    for (const event of events) {
      if (event.type === 'error') return event.failure;
      this.sent.note(event);
    }
    const said = this.printer.follow(frame, events);
    if (said === null)
      pieces.push({ kind: 'bytes', source: frame.source, start: frame.start, end: frame.end });
    else if (said !== '') pieces.push({ kind: 'text', text: said });
    const seen = events.filter(isContent);
    if (seen.length > 0) return seen.every(({ type }) => type === 'server_tool') ? 'tool_at_work' : 'content';
    return this.progress.terminated ? 'done' : 'nothing';
  }
}
