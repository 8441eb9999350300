import { crc32 } from 'node:zlib';
import { EventStreamCodec, type MessageHeaders } from '@smithy/core/event-streams';
import { DEFAULT_MAX_FRAME_BYTES, FramingError, type SseEvent } from './sse-framer.js';

/** Total length, length of the headers, and the checksum of the two. */
const PRELUDE_BYTES = 12;
/** The prelude and the checksum of the whole. */
const LEAST_BYTES = 16;

const codec = new EventStreamCodec(
  (bytes) => (typeof bytes === 'string' ? bytes : textOf(bytes)),
  (text) => Buffer.from(text, 'utf8'),
);

/**
 * Cuts a byte stream into Amazon's event-stream messages and checks both checksums of each. What a message is called
 * becomes the event's name, as it is for an event, with `exception:` or `error:` before it for those; its payload
 * becomes the data.
 * https://docs.aws.amazon.com/lexv2/latest/dg/event-stream-encoding.html
 * https://smithy.io/2.0/aws/amazon-eventstream.html
 */
export class AwsEventStreamFramer {
  private parts: Buffer[] = [];
  private length = 0;
  /** Nothing can be read before so many bytes are there. */
  private wanted = PRELUDE_BYTES;

  constructor(private readonly maxFrameBytes: number = DEFAULT_MAX_FRAME_BYTES) {}

  /**
   * @param chunk bytes that nobody writes to afterwards
   * @returns the messages that these bytes complete, in order
   * @throws FramingError when a checksum or a length is wrong, or a message is larger than the bound
   */
  push(chunk: Buffer): SseEvent[] {
    this.parts.push(chunk);
    this.length += chunk.length;
    if (this.length < this.wanted) return [];
    const buffer = this.parts.length === 1 ? chunk : Buffer.concat(this.parts, this.length);
    const events: SseEvent[] = [];
    let start = 0;
    for (;;) {
      const left = buffer.length - start;
      this.wanted = left < PRELUDE_BYTES ? PRELUDE_BYTES : this.frameLength(buffer, start);
      if (left < this.wanted) break;
      events.push(readMessage(buffer, start, start + this.wanted));
      start += this.wanted;
    }
    this.parts = start < buffer.length ? [buffer.subarray(start)] : [];
    this.length = buffer.length - start;
    return events;
  }

  /** Half a message is none. */
  end(): SseEvent[] {
    this.parts = [];
    this.length = 0;
    return [];
  }

  /** The prelude is checked before it is believed: a flipped bit must not have us wait for megabytes. */
  private frameLength(buffer: Buffer, start: number): number {
    if (crc32(buffer.subarray(start, start + 8)) !== buffer.readUInt32BE(start + 8))
      throw new FramingError('the checksum of a prelude is wrong');
    const length = buffer.readUInt32BE(start);
    if (length < LEAST_BYTES || buffer.readUInt32BE(start + 4) > length - LEAST_BYTES)
      throw new FramingError('the lengths of a prelude make no sense');
    if (length > this.maxFrameBytes)
      throw new FramingError(`a frame is larger than ${this.maxFrameBytes} bytes`);
    return length;
  }
}

function readMessage(source: Buffer, start: number, end: number): SseEvent {
  try {
    // In memory of its own: a header that claims more bytes than there are must not be given those of a neighbour.
    const { headers, body } = codec.decode(Uint8Array.from(source.subarray(start, end)));
    return { ...nameAndData(headers, body), source, start, end };
  } catch {
    throw new FramingError('a message does not have its checksum, or its headers cannot be read');
  }
}

function nameAndData(headers: MessageHeaders, body: Uint8Array): { event: string | null; data: string } {
  switch (stringHeader(headers, ':message-type')) {
    case 'exception':
      return { event: `exception:${stringHeader(headers, ':exception-type') ?? ''}`, data: textOf(body) };
    case 'error':
      return {
        event: `error:${stringHeader(headers, ':error-code') ?? ''}`,
        data: JSON.stringify({ message: stringHeader(headers, ':error-message') ?? '' }),
      };
    default:
      return { event: stringHeader(headers, ':event-type'), data: textOf(body) };
  }
}

function stringHeader(headers: MessageHeaders, name: string): string | null {
  const header = headers[name];
  return header?.type === 'string' ? header.value : null;
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
}
