const BASE_MS = 100;
const CAP_MS = 2_000;

/**
 * Full jitter: anything between nothing and a bound that doubles with each try of the same target.
 * https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 * @param tries how often this target has failed, from 1
 * @param random a number in [0, 1)
 */
export function backoffMs(tries: number, random: number): number {
  return Math.floor(random * Math.min(CAP_MS, BASE_MS * 2 ** (tries - 1)));
}
