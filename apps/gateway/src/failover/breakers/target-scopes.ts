import type { BreakerScope } from '@trunkline/contracts';
import type { OpenTimes } from './breaker.js';

/** Short: traffic is to be back on a target within ten seconds of its recovery. */
const TRAFFIC_TIMES: OpenTimes = { firstMs: 2_000, longestMs: 5_000 };

export const OPEN_TIMES: Record<BreakerScope, OpenTimes> = {
  target: TRAFFIC_TIMES,
  // An account is mended by people: asking it often helps nobody.
  credential: { firstMs: 10_000, longestMs: 300_000 },
  entry: TRAFFIC_TIMES,
};

/** The names of the three breakers that a target's calls depend on. */
export interface TargetScopes {
  readonly offerId: string;
  readonly target: string;
  readonly credential: string;
  readonly entry: string;
  readonly all: readonly string[];
  /** It stands for every name that callers may think of. */
  readonly isUnlisted: boolean;
}

/** @param key `<offer id>|<entry id>|<credential id>` */
export function scopesOf(key: string): TargetScopes {
  const [offerId = key, entryId = key, credentialId = ''] = key.split('|');
  const target = `target:${key}`;
  const credential = `credential:${entryId}|${credentialId}`;
  const entry = `entry:${entryId}`;
  const all = [target, credential, entry];
  return { offerId, target, credential, entry, all, isUnlisted: offerId.includes('/*@') };
}

/** Whether the name is of a target of the entry. */
export function isTargetOf(name: string, entry: string): boolean {
  return name.startsWith('target:') && scopesOf(name.slice('target:'.length)).entry === entry;
}
