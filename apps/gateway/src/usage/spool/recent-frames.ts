import type { Frame } from './frame.js';
import { WrittenFrames } from './written-frames.js';

/** The newest frames of a spool: all that are not on disk, and of the others so many that few are ever read back. */
export class RecentFrames {
  private waiting: Frame[] = [];
  private readonly written = new WrittenFrames();
  /** Number of the frame before the first one here. */
  private before: number;

  constructor(lastNumber: number) {
    this.before = lastNumber;
  }

  /** Those that are not on disk, in the order of their numbers. */
  get unwritten(): readonly Frame[] {
    return this.waiting;
  }

  push(frame: Frame): void {
    this.waiting.push(frame);
  }

  has(number: number): boolean {
    return number > this.before;
  }

  /** Frames from a number on, at most so many, and perhaps fewer than there are; none only where there are none. */
  from(number: number, most: number): Frame[] {
    const at = Math.max(number, this.before + 1);
    const written = this.written.from(at, most);
    if (written.length > 0) return written;
    const [first] = this.waiting;
    if (!first || first.number > at) return [];
    return this.waiting.slice(at - first.number, at - first.number + most);
  }

  /** Where the unwritten frames are to be put together for the disk: room for so many bytes. */
  room(bytes: number): Buffer {
    const room = this.written.room(bytes);
    this.forgetOldest();
    return room;
  }

  /** All unwritten frames are on disk, as they stand in these first bytes of the room. */
  wrote(bytes: number): void {
    const [first] = this.waiting;
    if (!first) return;
    this.written.add(bytes, first.number, this.waiting.length);
    this.waiting = [];
  }

  dropUpTo(number: number): void {
    if (number <= this.before) return;
    this.before = number;
    this.written.dropUpTo(number);
    const [first] = this.waiting;
    if (first) this.waiting.splice(0, number - first.number + 1);
  }

  restartAfter(number: number): void {
    this.waiting = [];
    this.written.clear();
    this.before = number;
  }

  /** What left for newer ones is on disk alone. */
  private forgetOldest(): void {
    const first = this.written.first ?? this.waiting[0]?.number;
    if (first !== undefined) this.before = Math.max(this.before, first - 1);
  }
}
