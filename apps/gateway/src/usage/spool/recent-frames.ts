import type { Frame } from './frame.js';

/** What is kept in memory of records that are on disk as well. */
const KEEP_CHARACTERS = 8 * 1024 * 1024;

/** The newest frames of a spool, so that what is shipped soon after need not be read back. */
export class RecentFrames {
  private frames: Frame[] = [];
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
    return this.frames.slice(Math.max(0, number - this.before - 1));
  }

  dropUpTo(number: number): void {
    const count = Math.min(number - this.before, this.frames.length);
    if (count > 0) this.drop(count);
  }

  /** Forgets the oldest beyond 8 MiB, none of them above `written`. */
  trim(written: number): void {
    let excess = this.characters - KEEP_CHARACTERS;
    if (excess <= 0) return;
    let count = 0;
    for (const frame of this.frames) {
      if (excess <= 0 || frame.number > written) break;
      excess -= frame.payload.length;
      count += 1;
    }
    if (count > 0) this.drop(count);
  }

  restartAfter(number: number): void {
    this.frames = [];
    this.characters = 0;
    this.before = number;
  }

  private drop(count: number): void {
    for (const frame of this.frames.splice(0, count)) this.characters -= frame.payload.length;
    this.before += count;
  }
}
