import { z } from 'zod';

/**
 * What gateways tell each other, and operators, of the health of targets. All of it can be lost: it is learned again
 * from calls.
 */

/** Redis hash: name of an open breaker (`<scope>:<id>`) → what `readSharedOpening` reads; besides `#epoch` and `#version`. */
export const BREAKERS_KEY = 'trunkline:breakers';

/** What a breaker stands for; docs/failover.md says what opens each. */
export const BREAKER_SCOPES = ['target', 'credential', 'entry'] as const;
export type BreakerScope = (typeof BREAKER_SCOPES)[number];

export const OPEN_CAUSES = [
  'failures_in_row',
  'error_rate',
  'slow_starts',
  /** The provider refuses the credential, or its account has nothing left. */
  'credential',
  /** Several targets of one entry fail at a time. */
  'outage',
  /** The provider named a delay. It ends by itself, without a probe. */
  'cooling',
] as const;
export type OpenCause = (typeof OPEN_CAUSES)[number];

const facts = z.object({
  /** Of this opening alone, whoever tells of it: what closes it names it. */
  id: z.string().min(1).max(100),
  cause: z.enum(OPEN_CAUSES),
  /** The outcome that opened it. */
  detail: z.string().max(100),
  /** How often in a row it was opened. */
  times: z.int().nonnegative().max(1_000_000),
});
export type OpeningFacts = z.infer<typeof facts>;

/** An open breaker as all processes see it. Times are Unix milliseconds of Redis' clock. */
export interface SharedOpening extends OpeningFacts {
  sinceMs: number;
  untilMs: number;
}

/** Facts as they stand behind the two times in the hash. */
export function printOpeningFacts(opening: OpeningFacts): string {
  return JSON.stringify(opening);
}

/** Reads a value of the hash, `<since> <until> <facts as JSON>`; null for one that no version of ours has written. */
export function readSharedOpening(text: string): SharedOpening | null {
  const [, since, until, json] = /^(\d{1,15}) (\d{1,15}) (\{.*\})$/s.exec(text) ?? [];
  if (since === undefined || until === undefined || json === undefined) return null;
  try {
    const read = facts.safeParse(JSON.parse(json));
    return read.success ? { ...read.data, sinceMs: Number(since), untilMs: Number(until) } : null;
  } catch {
    return null;
  }
}

/** The scope that a breaker's name begins with. */
export function breakerScopeOf(name: string): BreakerScope | null {
  const scope = name.slice(0, name.indexOf(':'));
  return BREAKER_SCOPES.find((known) => known === scope) ?? null;
}
