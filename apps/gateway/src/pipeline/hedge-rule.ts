import type { HedgeRule } from '../failover/attempt-runner.js';
import type { ParsedCall } from './call.js';
import type { EngineParts } from './gateway-parts.js';

/** A target of which nothing is known is slow from here on. */
const USUAL_FIRST_TOKEN_MS = 2_000;

/** A second target is asked once the first is slower than its own p95, or than the request says. */
export function hedgeRule(
  { breakers, hedges }: EngineParts,
  { hedge }: Pick<ParsedCall, 'hedge'>,
): HedgeRule | null {
  if (hedge === null) return null;
  hedges.note();
  return {
    delayMs: ({ key }) => hedge.afterMs ?? breakers.usualFirstTokenMs(key) ?? USUAL_FIRST_TOKEN_MS,
    take: () => hedges.take(),
  };
}
