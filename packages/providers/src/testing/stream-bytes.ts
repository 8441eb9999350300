import type { Framing } from '../framing/index.js';
import { awsMessage } from './aws-messages.js';

/**
 * A fixture's frames as they go over the wire. Those of an AWS event stream are written as the event's name, a blank, and
 * its payload, and get lengths and checksums here.
 */
export function streamBytes(frames: readonly string[], framing: Framing = 'sse'): Buffer {
  if (framing === 'sse') return Buffer.from(frames.join(''));
  return Buffer.concat(
    frames.map((frame) => {
      const blank = frame.indexOf(' ');
      return awsMessage({ event: frame.slice(0, blank), data: frame.slice(blank + 1) });
    }),
  );
}

/** A beginning of the stream, and then bytes that no provider means. */
export function spoiltBytes(frames: readonly string[], framing: Framing = 'sse'): Buffer {
  const whole = streamBytes(frames, framing);
  if (framing === 'sse')
    return Buffer.concat([
      whole.subarray(0, whole.length >> 2),
      Buffer.from('\n\ndata: {"choices":[{"del\n\n'),
    ]);
  return Buffer.concat([
    streamBytes(frames.slice(0, frames.length >> 2), framing),
    Buffer.from('<html>Bad gateway</html>'),
  ]);
}

/** Any data, correctly framed. */
export function framedValue(value: unknown, framing: Framing = 'sse'): Buffer {
  const data = JSON.stringify(value);
  return framing === 'sse'
    ? Buffer.from(`data: ${data}\n\n`)
    : awsMessage({ event: 'contentBlockDelta', data });
}
