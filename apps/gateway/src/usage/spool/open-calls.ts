import type { Frame } from './frame.js';
import { markOf, type RecordMark } from './record-text.js';

/** Calls of a spool that have begun and not ended. */
export class OpenCalls {
  private readonly begun = new Map<string, Frame>();

  /** @param mark what the frame's payload begins with, where it is known */
  note(frame: Frame, mark: RecordMark | null = markOf(frame.payload)): void {
    if (mark?.kind === 'begun') this.begun.set(mark.id, frame);
    else if (mark) this.begun.delete(mark.id);
  }

  get size(): number {
    return this.begun.size;
  }

  /** Their `begun` records up to a number, in its order. */
  upTo(number: number): Frame[] {
    return [...this.begun.values()]
      .filter((frame) => frame.number <= number)
      .toSorted((a, b) => a.number - b.number);
  }

  all(): Frame[] {
    return this.upTo(Number.MAX_SAFE_INTEGER);
  }
}
