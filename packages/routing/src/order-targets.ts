import type { Candidate } from './candidates.js';
import type { ReadPreferences } from './provider-preferences.js';
import type { Variant } from './variants.js';

/** What this process has measured of a target. */
export interface MeasuredSpeed {
  readonly tokensPerSecond: number | null;
  readonly firstTokenMs: number | null;
}

export interface PricedCandidate {
  readonly candidate: Candidate;
  readonly expectedCostNanoUsd: bigint;
  readonly speed: MeasuredSpeed | null;
}

type Sort = 'price' | 'throughput' | 'latency' | 'default';

/** The order that the caller's wishes ask for; a variant is a wish said in the name and wins over `provider.sort`. */
export function sortWished(variant: Variant | null, preferences: ReadPreferences): Sort {
  if (variant === 'floor') return 'price';
  if (variant === 'nitro') return 'throughput';
  return preferences.sort ?? 'default';
}

/**
 * Puts candidates of one model in order: those named in `provider.order` first and in that order; then the caller's own
 * credentials; then as the sort says. Without wishes the maker's own offer comes first, then the expected sell price.
 * Ties go by id, and the credentials of a pool take turns.
 * @param spread from 0 up to 1: whose turn it is
 */
export function orderCandidates(
  candidates: readonly PricedCandidate[],
  sort: Sort,
  preferences: ReadPreferences,
  spread = 0,
): PricedCandidate[] {
  const order = preferences.order;
  return candidates.toSorted(
    (left, right) =>
      placeOf(left, order) - placeOf(right, order) ||
      Number(right.candidate.isOwn) - Number(left.candidate.isOwn) ||
      bySort(left, right, sort) ||
      byPrice(left, right) ||
      byId(left.candidate, right.candidate) ||
      turnOf(left.candidate, spread) - turnOf(right.candidate, spread),
  );
}

function byId(left: Candidate, right: Candidate): number {
  if (left.offer.id !== right.offer.id) return left.offer.id < right.offer.id ? -1 : 1;
  return left.entry.id === right.entry.id ? 0 : left.entry.id < right.entry.id ? -1 : 1;
}

function turnOf({ pool }: Candidate, spread: number): number {
  return (pool.place - Math.floor(spread * pool.size) + pool.size) % pool.size;
}

function placeOf({ candidate }: PricedCandidate, order: readonly string[]): number {
  const place = order.indexOf(candidate.offer.providerId);
  return place < 0 ? order.length : place;
}

function bySort(left: PricedCandidate, right: PricedCandidate, sort: Sort): number {
  switch (sort) {
    case 'default':
      return Number(right.candidate.isMakers) - Number(left.candidate.isMakers);
    case 'price':
      return 0;
    case 'throughput':
      return (right.speed?.tokensPerSecond ?? 0) - (left.speed?.tokensPerSecond ?? 0);
    case 'latency':
      return (
        (left.speed?.firstTokenMs ?? Number.MAX_SAFE_INTEGER) -
        (right.speed?.firstTokenMs ?? Number.MAX_SAFE_INTEGER)
      );
  }
}

function byPrice(left: PricedCandidate, right: PricedCandidate): number {
  const difference = left.expectedCostNanoUsd - right.expectedCostNanoUsd;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** Why a target stands where it stands, for the log and for `explain`. */
export function reasonFor(
  priced: PricedCandidate,
  sort: Sort,
  order: readonly string[],
  standing: string | null,
): string {
  const place = order.indexOf(priced.candidate.offer.providerId);
  const reason = priced.candidate.isOwn
    ? 'own key'
    : place >= 0
      ? `provider.order ${place + 1}`
      : reasonOfSort(priced, sort);
  return standing === null ? reason : `${standing}, ${reason}`;
}

function reasonOfSort(priced: PricedCandidate, sort: Sort): string {
  switch (sort) {
    case 'default':
      return priced.candidate.isMakers ? "the maker's own offer" : 'expected price';
    case 'price':
      return 'cheapest first';
    case 'throughput':
      return 'fastest first';
    case 'latency':
      return 'shortest first token first';
  }
}
