import { setTimeout as sleep } from 'node:timers/promises';

/** Whether an address answers 2xx; if not, why, in a few words. */
export async function whyNotReady(url: string, timeoutMs = 2_000): Promise<string | undefined> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(timeoutMs), redirect: 'manual' });
    const body = await response.text();
    return response.ok ? undefined : `${url} answers ${response.status} ${body.slice(0, 200)}`.trim();
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    return `${url} does not answer (${cause instanceof Error ? cause.message || cause.name : String(cause)})`;
  }
}

/** What waiting may end with. */
export interface WaitOptions {
  timeoutMs: number;
  /** Asked between tries; a sentence ends the waiting. */
  giveUp: () => string | undefined;
}

/** Waits till every address answers 2xx. Resolves with why not, if time or patience ran out. */
export async function waitUntilReady(
  urls: readonly string[],
  options: WaitOptions,
): Promise<string | undefined> {
  const deadline = performance.now() + options.timeoutMs;
  let reason: string | undefined;
  for (const url of urls) {
    while ((reason = await whyNotReady(url)) !== undefined) {
      const given = options.giveUp();
      if (given !== undefined) return given;
      if (performance.now() > deadline) return reason;
      await sleep(100);
    }
  }
  return undefined;
}
