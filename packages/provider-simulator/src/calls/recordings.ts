import type { IncomingHttpHeaders } from 'node:http';

/** A request as it came in. */
export interface Recording {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Requests of the last calls, kept only while switched on, and never more than their limit in bytes. */
export class Recordings {
  bodies = false;
  readonly #kept = new Map<number, Recording>();
  #bytes = 0;

  constructor(private readonly limitBytes = 128 * 1024 * 1024) {}

  keep(sequence: number, recording: Recording): void {
    if (!this.bodies) return;
    this.#kept.set(sequence, recording);
    this.#bytes += recording.body.length;
    for (const [oldest, { body }] of this.#kept) {
      if (this.#bytes <= this.limitBytes) return;
      this.#kept.delete(oldest);
      this.#bytes -= body.length;
    }
  }

  get(sequence: number): Recording | undefined {
    return this.#kept.get(sequence);
  }

  clear(): void {
    this.#kept.clear();
    this.#bytes = 0;
  }
}
