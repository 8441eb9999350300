import { isContent } from '@trunkline/contracts';
import type { ChatDecoder, SseEvent } from '@trunkline/providers';
import type { StreamPrinter } from '../doors/chat-door.js';
import { SentText } from './sent-text.js';
import type { FrameReading, FrameSource, StreamPiece } from './stream-piece.js';

/** An upstream of another protocol: its events become canonical, and those become the client's frames. */
export class TranslateSource implements FrameSource {
  readonly sent = new SentText();

  constructor(
    readonly progress: ChatDecoder,
    readonly printer: StreamPrinter,
  ) {}

  read(frame: SseEvent, pieces: StreamPiece[]): FrameReading {
    let reading: FrameReading = 'nothing';
    for (const event of this.progress.push(frame)) {
      if (event.type === 'error') return event.failure;
      const text = this.printer.print(event);
      if (text !== '') pieces.push({ kind: 'text', text });
      // What tools of the provider do is of no other dialect than its own: it is at work, and the client has nothing yet.
      if (event.type === 'server_tool') {
        if (reading === 'nothing') reading = 'unseen';
        continue;
      }
      this.sent.note(event);
      if (isContent(event)) reading = 'content';
    }
    return this.progress.terminated && reading === 'nothing' ? 'done' : reading;
  }
}
