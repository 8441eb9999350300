import { crc32 } from 'node:zlib';

/**
 * How a record lies in a segment file, little-endian:
 * bytes 0–3 length of the payload, 4–7 CRC-32 over number and payload, 8–15 number, then the payload (JSON, UTF-8).
 */
export const FRAME_HEADER_BYTES = 16;
/** A longer payload is taken for a torn or foreign frame. */
export const MAX_PAYLOAD_BYTES = 16 * 1024 * 1024;

const CHECKED_FROM = 8;

export interface Frame {
  number: number;
  payload: string;
}

/** Bytes that a record may take at most: UTF-8 needs up to three per UTF-16 unit. */
export function maxFrameBytes(payload: string): number {
  return FRAME_HEADER_BYTES + payload.length * 3;
}

/**
 * Writes a frame into `target`, which must have room for `maxFrameBytes`.
 * @returns where the next frame begins
 */
export function writeFrame(target: Buffer, at: number, number: number, payload: string): number {
  const length = target.write(payload, at + FRAME_HEADER_BYTES, 'utf8');
  const end = at + FRAME_HEADER_BYTES + length;
  target.writeUInt32LE(length, at);
  target.writeUInt32LE(number % 0x1_0000_0000, at + 8);
  target.writeUInt32LE(Math.floor(number / 0x1_0000_0000), at + 12);
  target.writeUInt32LE(crc32(target.subarray(at + CHECKED_FROM, end)), at + 4);
  return end;
}

/** Where a frame ends that is known to be whole. */
export function endOfFrame(source: Buffer, at: number): number {
  return at + FRAME_HEADER_BYTES + source.readUInt32LE(at);
}

/** What the bytes at a place hold: a whole frame, or nothing that can be trusted. */
export type FrameAt = { frame: Frame; end: number } | null;

/** Reads the frame at `at`; null where it is cut short, its checksum is wrong, or nothing is left. */
export function readFrame(source: Buffer, at: number): FrameAt {
  if (at + FRAME_HEADER_BYTES > source.length) return null;
  const length = source.readUInt32LE(at);
  const end = at + FRAME_HEADER_BYTES + length;
  if (length > MAX_PAYLOAD_BYTES || end > source.length) return null;
  if (crc32(source.subarray(at + CHECKED_FROM, end)) !== source.readUInt32LE(at + 4)) return null;
  const high = source.readUInt32LE(at + 12);
  // A sum with a product of 2³² is a double to V8, and makes each frame that is made elsewhere one of an outdated shape.
  const number = source.readUInt32LE(at + 8) + (high === 0 ? 0 : high * 0x1_0000_0000);
  return { frame: { number, payload: source.toString('utf8', at + FRAME_HEADER_BYTES, end) }, end };
}

/**
 * Reads frames with consecutive numbers up to the first one that cannot be trusted.
 * @returns the frames and how many bytes of `source` they fill
 */
export function readFrames(source: Buffer): { frames: Frame[]; bytes: number } {
  const frames: Frame[] = [];
  let bytes = 0;
  for (;;) {
    const next = readFrame(source, bytes);
    const last = frames.at(-1);
    // Old bytes behind a shorter rewrite may be whole frames: their numbers give them away.
    if (!next || (last && next.frame.number !== last.number + 1)) return { frames, bytes };
    frames.push(next.frame);
    bytes = next.end;
  }
}
