import type { JsonObject } from '../doors/responses/print/response-object.js';
import type { EventChunk } from './background-store.js';

/** Of one response, printed. Those behind it reach who follows it now, and cannot be asked for again. */
const MAX_EVENT_BYTES = 4 * 1024 * 1024;

/** Hears an event as it goes to clients. */
export type EventListener = (frame: string, isLast: boolean) => void;

/** One event as it goes to clients. */
export function eventFrame({ type, ...rest }: JsonObject): string {
  return `event: ${String(type)}\ndata: ${JSON.stringify({ type, ...rest })}\n\n`;
}

/** Numbers the events of a response and keeps them until they are written where all processes find them. */
export class EventLog {
  private nextNumber = 0;
  private bytes = 0;
  private waiting: { first: number; frames: string[] } | null = null;
  private readonly listeners = new Set<EventListener>();
  /** There were too many events to keep them all. */
  isFull = false;

  /** Tells an event under the next number. */
  add(event: JsonObject): void {
    this.tell(this.note(event), false);
  }

  /** Keeps an event that is not told yet. @returns its frame */
  note({ type, sequence_number: _theirs, ...rest }: JsonObject): string {
    const number = this.nextNumber;
    this.nextNumber += 1;
    const frame = eventFrame({ type, sequence_number: number, ...rest });
    this.bytes += frame.length;
    if (this.bytes > MAX_EVENT_BYTES) this.isFull = true;
    if (!this.isFull) {
      this.waiting ??= { first: number, frames: [] };
      this.waiting.frames.push(frame);
    }
    return frame;
  }

  tell(frame: string, isLast: boolean): void {
    for (const listener of this.listeners) listener(frame, isLast);
  }

  /** What was not taken yet. */
  take(): EventChunk | null {
    const { waiting } = this;
    this.waiting = null;
    return waiting;
  }

  listen(listener: EventListener): void {
    this.listeners.add(listener);
  }

  forget(listener: EventListener): void {
    this.listeners.delete(listener);
  }
}
