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

  text(): string {
    const [only] = this.chunks;
    return (this.chunks.length === 1 && only ? only : Buffer.concat(this.chunks, this.bytes)).toString(
      'utf8',
    );
  }
}

/** More of an error than anyone reads. */
export const MAX_ERROR_BODY_BYTES = 64 * 1024;
/** A plain answer with generated images in it may be large. */
export const MAX_ANSWER_BODY_BYTES = 64 * 1024 * 1024;
