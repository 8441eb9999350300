import type { UpstreamFailure } from '@trunkline/contracts';
import type { AnswerProgress, SentAnswer, SseEvent } from '@trunkline/providers';
import type { StreamPrinter } from '../doors/chat-door.js';

/** What a stream has for its client: bytes that pass as they are, or frames that were printed. */
export type StreamPiece =
  | { readonly kind: 'bytes'; readonly source: Buffer; readonly start: number; readonly end: number }
  | { readonly kind: 'text'; readonly text: string };

/**
 * What one frame meant: something to see, something that is written but not (yet) for the client, a tool that runs at the
 * provider, nothing, the end, or why the stream failed.
 */
export type FrameReading = 'content' | 'unseen' | 'tool_at_work' | 'nothing' | 'done' | UpstreamFailure;

/** Turns one upstream's frames into pieces for the client. */
export interface FrameSource {
  readonly progress: AnswerProgress;
  readonly printer: StreamPrinter;
  readonly sent: SentAnswer;
  read(frame: SseEvent, pieces: StreamPiece[]): FrameReading;
}
