import { eventually as untilItHolds } from '@trunkline/testing';

/**
 * Asks again every 50 ms until there is an answer.
 * @throws after `limitMs`, or later on a machine that has too much to do
 */
export function eventually<T>(ask: () => Promise<T | undefined | null | false>, limitMs: number): Promise<T> {
  return untilItHolds(
    async () => {
      const answer = await ask();
      if (answer !== undefined && answer !== null && answer !== false) return answer;
      throw new Error(`nothing after ${limitMs} ms`);
    },
    { timeoutMs: limitMs, everyMs: 50 },
  );
}
