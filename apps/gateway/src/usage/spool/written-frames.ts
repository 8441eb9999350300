import { endOfFrame, type Frame, readFrame } from './frame.js';

/** What is kept in memory of records that are on disk as well. */
const KEEP_BYTES = 8 * 1024 * 1024;
const CHUNK_BYTES = 1024 * 1024;

/** Frames with consecutive numbers, as they lie on disk. */
interface Chunk {
  readonly buffer: Buffer;
  bytes: number;
  first: number;
  count: number;
}

/**
 * The newest frames that are on disk, as bytes outside of V8's heap: as strings they outlive its young generation, and
 * copying, marking and sweeping them costs more than all else that is done with them. Forgets them chunk by chunk.
 */
export class WrittenFrames {
  private chunks: Chunk[] = [];
  private readonly spare: Buffer[] = [];
  private keptBytes = 0;

  /** Number of the first frame; null where there is none. */
  get first(): number | null {
    const [oldest] = this.chunks;
    return oldest && oldest.count > 0 ? oldest.first : null;
  }

  /** Room for so many bytes behind the newest frame, until the next call. Forgets the oldest beyond 8 MiB. */
  room(bytes: number): Buffer {
    const last = this.chunks.at(-1);
    // A larger one, of a backlog, is not to be kept for the room that is left in it.
    if (last?.buffer.length === CHUNK_BYTES && CHUNK_BYTES - last.bytes >= bytes)
      return last.buffer.subarray(last.bytes);
    if (last?.count === 0) this.forget(this.chunks.pop());
    const buffer = bytes > CHUNK_BYTES ? Buffer.allocUnsafeSlow(bytes) : this.spareChunk();
    this.chunks.push({ buffer, bytes: 0, first: 0, count: 0 });
    this.keptBytes += buffer.length;
    while (this.keptBytes > KEEP_BYTES && this.chunks.length > 1) this.forget(this.chunks.shift());
    return buffer;
  }

  /** The room that was asked for holds these frames now, and so does the disk. Their numbers go on from the last one's. */
  add(bytes: number, first: number, count: number): void {
    const last = this.chunks.at(-1);
    if (!last) return;
    if (last.count === 0) last.first = first;
    last.count += count;
    last.bytes += bytes;
  }

  /** Frames from a number on, at most so many: those of one chunk. */
  from(number: number, most: number): Frame[] {
    const chunk = this.chunks.find(({ first, count }) => number >= first && number < first + count);
    const frames: Frame[] = [];
    if (!chunk) return frames;
    let at = 0;
    for (let skipped = chunk.first; skipped < number; skipped += 1) at = endOfFrame(chunk.buffer, at);
    while (at < chunk.bytes && frames.length < most) {
      const next = readFrame(chunk.buffer, at);
      if (!next) break;
      frames.push(next.frame);
      at = next.end;
    }
    return frames;
  }

  dropUpTo(number: number): void {
    for (;;) {
      const [oldest] = this.chunks;
      if (!oldest || oldest.count === 0 || oldest.first + oldest.count - 1 > number) return;
      this.forget(this.chunks.shift());
    }
  }

  clear(): void {
    for (const chunk of this.chunks.splice(0)) this.forget(chunk);
  }

  private spareChunk(): Buffer {
    return this.spare.pop() ?? Buffer.allocUnsafeSlow(CHUNK_BYTES);
  }

  private forget(chunk: Chunk | undefined): void {
    if (!chunk) return;
    this.keptBytes -= chunk.buffer.length;
    // One is enough to go on with; the others' memory is given back.
    if (chunk.buffer.length === CHUNK_BYTES && this.spare.length === 0) this.spare.push(chunk.buffer);
  }
}
