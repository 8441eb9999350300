/**
 * Asks again every 50 ms until there is an answer.
 * @throws after `limitMs`
 */
export async function eventually<T>(
  ask: () => Promise<T | undefined | null | false>,
  limitMs: number,
): Promise<T> {
  const deadline = Date.now() + limitMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== null && answer !== false) return answer;
    if (Date.now() > deadline) throw new Error(`nothing after ${limitMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
