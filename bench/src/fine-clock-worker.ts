import { parentPort, workerData } from 'node:worker_threads';

/** Shared words: 0 is 1 when the clock is to stop, 1 is the number of ticks that nobody has seen yet. */
const words = new Int32Array((workerData as { words: SharedArrayBuffer }).words);
const { tickMs } = workerData as { tickMs: number };

let next = performance.now();
while (Atomics.load(words, 0) === 0) {
  next = Math.max(next + tickMs, performance.now() - 100 * tickMs);
  const wait = next - performance.now();
  if (wait > 0) Atomics.wait(words, 0, 0, wait);
  // One message at a time: a main thread that is late finds one tick in its queue, not a hundred.
  if (Atomics.add(words, 1, 1) === 0) parentPort?.postMessage(0);
}
