const MARK = [0xef, 0xbb, 0xbf] as const;

/** Collects a body up to a bound. */
export class BoundedBody {
  private readonly chunks: Buffer[] = [];
  private bytes = 0;

  constructor(private readonly maxBytes: number) {}

  /** @returns false when the body is larger than the bound; it keeps what fits. */
  add(chunk: Buffer): boolean {
    const room = this.maxBytes - this.bytes;
    const kept = chunk.length <= room ? chunk : chunk.subarray(0, room);
    this.chunks.push(kept);
    this.bytes += kept.length;
    return kept.length === chunk.length;
  }

  /** Without a byte order mark, which no JSON may begin with and some servers send. */
  text(): string {
    const [only] = this.chunks;
    const whole = this.chunks.length === 1 && only ? only : Buffer.concat(this.chunks, this.bytes);
    return whole.toString('utf8', MARK.every((byte, i) => whole[i] === byte) ? MARK.length : 0);
  }
}

/** More of an error than anyone reads. */
export const MAX_ERROR_BODY_BYTES = 64 * 1024;
/** A plain answer with generated images in it may be large. */
export const MAX_ANSWER_BODY_BYTES = 64 * 1024 * 1024;
