/** The body log keeps this much of a side. */
const MAX_KEPT_BYTES = 256 * 1024;

/** A copy of what a stream sent, for projects that keep bodies. */
export class KeptAnswer {
  private readonly parts: Buffer[] = [];
  private bytes = 0;

  add(bytes: Buffer): void {
    if (this.bytes >= MAX_KEPT_BYTES) return;
    this.parts.push(bytes);
    this.bytes += bytes.length;
  }

  text(): string {
    return Buffer.concat(this.parts, this.bytes).toString('utf8');
  }
}
