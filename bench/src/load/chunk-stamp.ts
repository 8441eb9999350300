const DIGITS = 16;
const STAMP_BYTES = DIGITS + 2;
const OPEN = '<'.charCodeAt(0);
const CLOSE = '>'.charCodeAt(0);

/** The text that says when a chunk left the source: always as long, so that frames are too. */
export function printStamp(us: number): string {
  return `<${String(us).padStart(DIGITS, '0')}>`;
}

/** Finds the stamps in a stream's bytes, however they are cut. */
export class StampReader {
  private tail = Buffer.alloc(0);

  constructor(private readonly onStamp: (us: number) => void) {}

  push(bytes: Buffer): void {
    const all = this.tail.length === 0 ? bytes : Buffer.concat([this.tail, bytes]);
    this.tail = Buffer.alloc(0);
    for (let at = all.indexOf(OPEN); at !== -1; at = all.indexOf(OPEN, at + 1)) {
      if (all.length - at < STAMP_BYTES) {
        this.tail = Buffer.from(all.subarray(at));
        return;
      }
      if (all[at + STAMP_BYTES - 1] === CLOSE)
        this.onStamp(Number(all.toString('latin1', at + 1, at + 1 + DIGITS)));
    }
  }
}
