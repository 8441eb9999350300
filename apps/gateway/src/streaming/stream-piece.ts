import type { UpstreamFailure } from '@trunkline/contracts';
import type { AnswerProgress, ChatChunk, SseEvent } from '@trunkline/providers';

/** What a stream has for its client: bytes that pass as they are, or a chunk to print. */
export type StreamPiece =
  | { readonly kind: 'bytes'; readonly source: Buffer; readonly start: number; readonly end: number }
  | { readonly kind: 'chunk'; readonly chunk: ChatChunk; readonly hasFinish: boolean };

/** What one frame meant: something to see, nothing to see, the end, or why the stream failed. */
export type FrameReading = 'content' | 'nothing' | 'done' | UpstreamFailure;

/** Turns an upstream's frames into pieces for a chat client. */
export interface FrameSource {
  readonly progress: AnswerProgress;
  read(frame: SseEvent, pieces: StreamPiece[]): FrameReading;
}
