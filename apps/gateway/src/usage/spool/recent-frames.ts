import type { Frame } from './frame.js';

/** What is kept in memory of records that are on disk as well. */
const KEEP_CHARACTERS = 8 * 1024 * 1024;
/** Forgotten frames leave a thousand at a time: each time all others move up. */
const LEAVE_TOGETHER = 1_024;

/** The newest frames of a spool, so that what is shipped soon after need not be read back. */
export class RecentFrames {
  private frames: Frame[] = [];
  /** Place of the first frame that is kept. */
  private start = 0;
  /** Number of the frame before the first one here. */
  private before: number;
  private characters = 0;

  constructor(lastNumber: number) {
    this.before = lastNumber;
  }

  push(frame: Frame): void {
    this.frames.push(frame);
    this.characters += frame.payload.length;
  }

  has(number: number): boolean {
    return number > this.before;
  }

  from(number: number): Frame[] {
    return this.frames.slice(this.start + Math.max(0, number - this.before - 1));
  }

  dropUpTo(number: number): void {
    const count = Math.min(number - this.before, this.frames.length - this.start);
    for (let dropped = 0; dropped < count; dropped += 1) this.dropFirst();
  }

  /** Forgets the oldest beyond 8 MiB, none of them above `written`. */
  trim(written: number): void {
    while (this.characters > KEEP_CHARACTERS && this.before < written) this.dropFirst();
  }

  restartAfter(number: number): void {
    this.frames = [];
    this.start = 0;
    this.characters = 0;
    this.before = number;
  }

  private dropFirst(): void {
    this.characters -= this.frames[this.start]?.payload.length ?? 0;
    this.start += 1;
    this.before += 1;
    if (this.start < LEAVE_TOGETHER) return;
    this.frames = this.frames.slice(this.start);
    this.start = 0;
  }
}
