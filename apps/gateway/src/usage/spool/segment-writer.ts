import { segmentName, type SpoolFiles } from './spool-files.js';

/** Writes to the current segment and begins the next one when it is full. */
export class SegmentWriter {
  /** Records up to this one are on the disk itself, not only in the system's cache. */
  syncedNumber = 0;
  private file: number | null = null;
  private bytes = 0;
  /** Full segments that are not synced yet. */
  private readonly full: number[] = [];
  private syncing: Promise<void> | null = null;

  constructor(
    private readonly files: SpoolFiles,
    private readonly segmentBytes: number,
  ) {}

  /**
   * Writes all of it or nothing.
   * @returns whether it began a segment
   * @throws what the disk throws; what was written of it is cut off again
   */
  write(bytes: Buffer, firstNumber: number): boolean {
    if (this.file !== null && this.bytes + bytes.length > this.segmentBytes && this.bytes > 0)
      this.startNext();
    const opens = this.file === null;
    const file = (this.file ??= this.files.open(segmentName(firstNumber)));
    // A file of this name that a failed try left behind holds nothing that counts.
    if (opens) this.files.truncate(file, 0);
    try {
      for (let done = 0; done < bytes.length;) done += this.files.write(file, bytes.subarray(done));
    } catch (error) {
      this.cutBack(file);
      throw error;
    }
    this.bytes += bytes.length;
    return opens;
  }

  /** The next write begins a segment. */
  startNext(): void {
    if (this.file !== null) this.full.push(this.file);
    this.file = null;
    this.bytes = 0;
  }

  /** Syncs what was written; one at a time. */
  sync(writtenNumber: number): Promise<void> {
    this.syncing ??= this.syncAll(writtenNumber).finally(() => {
      this.syncing = null;
    });
    return this.syncing;
  }

  close(): void {
    this.startNext();
    for (const file of this.full.splice(0)) this.files.close(file);
  }

  private async syncAll(writtenNumber: number): Promise<void> {
    const done = this.full.slice();
    for (const file of done) await this.files.sync(file);
    if (this.file !== null) await this.files.sync(this.file);
    this.syncedNumber = Math.max(this.syncedNumber, writtenNumber);
    for (const file of done) {
      const index = this.full.indexOf(file);
      if (index < 0) continue;
      this.full.splice(index, 1);
      this.files.close(file);
    }
  }

  private cutBack(file: number): void {
    try {
      this.files.truncate(file, this.bytes);
    } catch {
      // A torn frame at the end: who reads stops there, and writing goes on in another segment.
      this.startNext();
    }
  }
}
