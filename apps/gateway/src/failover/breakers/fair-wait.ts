import type { Clock } from '@trunkline/contracts';
import type { Timeouts } from '../clocks.js';

/** The clock that ran out, and how long the provider had been waited for. */
export interface Waited {
  readonly clock: Clock | null;
  readonly ms: number;
  readonly streamed: boolean;
}

const CONNECT_MS = 1_000;
const GAP_MS = 5_000;
/** A stream's first token, where it is not known how long that usually takes. */
const FIRST_TOKEN_MS = 5_000;
const LEAST_FIRST_TOKEN_MS = 2_000;
const TIMES_USUAL = 1.5;
/** The whole of an answer may be long. */
const WHOLE_MS = 10_000;

/**
 * Whether a provider was waited for as long as anybody would wait. Clients set their own clocks: one who is in a hurry
 * must not take a target out for the others.
 * @param usualMs p95 of the target's time to the first token; null when it is not known
 */
export function wasFairlyWaitedFor({ clock, ms, streamed }: Waited, usualMs: number | null): boolean {
  switch (clock) {
    case 'connect':
      return ms >= CONNECT_MS;
    case 'gap':
      return ms >= GAP_MS;
    case 'headers':
    case 'first_token':
    case 'total':
      return ms >= (streamed ? fairFirstToken(usualMs) : WHOLE_MS);
    case null:
      return true;
  }
}

function fairFirstToken(usualMs: number | null): number {
  return usualMs === null ? FIRST_TOKEN_MS : Math.max(LEAST_FIRST_TOKEN_MS, TIMES_USUAL * usualMs);
}

/**
 * What a stream that has begun was waited for.
 * @param wished the call's own clocks; without them the defaults, which are fair
 */
export function waitedFor(clock: Clock | null, wished: Partial<Timeouts>): Waited {
  // An answer that comes while the call's whole time runs out is no silence.
  const ms = clock === 'total' ? 0 : (wished.gapMs ?? Number.POSITIVE_INFINITY);
  return { clock, ms, streamed: true };
}
