import { setTimeout as sleep } from 'node:timers/promises';

/** A machine that gives us a quarter of its time makes everything that is waited for four times as slow. */
const MOST_STRETCH = 4;

/**
 * Repeats a check until it no longer throws, and answers what it answered. Its time is over when it is over by the clock
 * and the check was made as often as an idle machine makes it in that time: a promise of "within a second" is one about
 * the product, and not about a machine that has no time for it.
 *
 * @param options.timeoutMs default 20,000: name one only where the time is what is promised
 * @throws the check's last error after `timeoutMs`, or after four times that where few tries could be made
 */
export async function eventually<T>(
  check: () => T | Promise<T>,
  { timeoutMs = 20_000, everyMs = 25 }: { timeoutMs?: number; everyMs?: number } = {},
): Promise<T> {
  const began = performance.now();
  for (let tries = 1; ; tries += 1) {
    try {
      return await check();
    } catch (error) {
      const passedMs = performance.now() - began;
      const isTriedEnough = tries * everyMs >= timeoutMs || passedMs > timeoutMs * MOST_STRETCH;
      if (passedMs > timeoutMs && isTriedEnough) throw error;
    }
    await sleep(everyMs);
  }
}
