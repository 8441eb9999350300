import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Repeats a check until it no longer throws, and answers what it answered.
 *
 * @throws the check's last error after `timeoutMs` (default 5,000)
 */
export async function eventually<T>(
  check: () => T | Promise<T>,
  { timeoutMs = 5_000, everyMs = 25 }: { timeoutMs?: number; everyMs?: number } = {},
): Promise<T> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (performance.now() > deadline) throw error;
    }
    await sleep(everyMs);
  }
}
