const FIRST_MS = 1_000;
const LONGEST_MS = 8_000;

/**
 * How long a target cools after a rate limit: as long as the provider said, and where it said nothing, a second that
 * doubles with each further one.
 * @param inRow rate limits without an answer in between, from 1
 */
export function rateLimitDelay(namedMs: number | null, inRow: number): number {
  return namedMs ?? Math.min(FIRST_MS * 2 ** (inRow - 1), LONGEST_MS);
}
