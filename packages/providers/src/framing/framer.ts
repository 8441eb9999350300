import { AwsEventStreamFramer } from './aws-event-stream-framer.js';
import { SseFramer, type SseEvent } from './sse-framer.js';

/** How a provider cuts a stream into events. */
export type Framing = 'sse' | 'aws-event-stream';

/** Cuts one stream's bytes into events, the same however the bytes are split. Never shared. */
export interface Framer {
  /**
   * @param chunk bytes that nobody writes to afterwards
   * @returns the events that these bytes complete, in order
   * @throws FramingError when the bytes cannot be events; nothing is read after it
   */
  push(chunk: Buffer): SseEvent[];
  /** The bytes have ended: what is left, if it can be an event. */
  end(): SseEvent[];
}

/** A framer for one stream of an adapter; see `ChatAdapter.framing`. */
export function framerFor(framing: Framing = 'sse'): Framer {
  switch (framing) {
    case 'sse':
      return new SseFramer();
    case 'aws-event-stream':
      return new AwsEventStreamFramer();
  }
}
