import type { Logger } from '@trunkline/observability';
import { setTimeout as sleep } from 'node:timers/promises';

export interface PeriodicTaskOptions {
  /** Named in the log. */
  name: string;
  everyMs: number;
  logger: Logger;
  /** Gets a signal that is aborted when the task is stopped. */
  work: (signal: AbortSignal) => Promise<void>;
}

/** Longest pause after failures. */
const MAX_PAUSE_MS = 10_000;

/**
 * Work that is done again and again, one run at a time, for as long as the process lives. A run that fails is logged,
 * the first of a row only, and tried again after a pause that doubles.
 */
export class PeriodicTask {
  private readonly stopping = new AbortController();
  private running: Promise<void> | undefined;
  private failures = 0;

  constructor(private readonly options: PeriodicTaskOptions) {}

  start(): void {
    this.running ??= this.run();
  }

  /** Resolves when the present run has ended. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      const pauseMs = await this.once(signal);
      await sleep(pauseMs, undefined, { signal }).catch(() => undefined);
    }
  }

  /** @returns the pause until the next run */
  private async once(signal: AbortSignal): Promise<number> {
    const { name, everyMs, logger, work } = this.options;
    try {
      await work(signal);
      if (this.failures > 0) logger.info(`${name} works again`, { failures: this.failures });
      this.failures = 0;
      return everyMs;
    } catch (error) {
      this.failures += 1;
      if (this.failures === 1) logger.warn(`${name} failed and will be tried again`, { error });
      const pauseMs = Math.min(Math.max(everyMs, 100) * 2 ** Math.min(this.failures - 1, 10), MAX_PAUSE_MS);
      return Math.max(pauseMs, everyMs);
    }
  }
}
