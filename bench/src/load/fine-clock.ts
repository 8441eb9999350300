import { Worker } from 'node:worker_threads';

/** A running clock. */
export interface FineClock {
  stop(): Promise<void>;
}

/**
 * Ticks in fractions of a millisecond, which timers cannot: they would send a thousand requests a second in a thousand
 * bursts, and the bursts would be measured. Costs a thread that sleeps.
 *
 * @param tickMs milliseconds between ticks; late ticks become one
 */
export function startFineClock(tickMs: number, onTick: () => void): FineClock {
  const shared = new SharedArrayBuffer(8);
  const words = new Int32Array(shared);
  const worker = new Worker(new URL('../fine-clock-worker.js', import.meta.url), {
    workerData: { words: shared, tickMs },
  });
  worker.on('message', () => {
    Atomics.store(words, 1, 0);
    onTick();
  });
  return {
    stop: async () => {
      Atomics.store(words, 0, 1);
      Atomics.notify(words, 0);
      await worker.terminate();
    },
  };
}
