import type { FailureOutcome } from '@trunkline/contracts';

const WINDOW_MS = 10_000;
const LEAST_OFFERS = 2;
const LEAST_FAILURES = 4;

/** Failures that an origin which is down makes. A model that is unknown or an answer that breaks off is none. */
const OF_AN_OUTAGE: ReadonlySet<FailureOutcome> = new Set([
  'transport',
  'timeout',
  'server_error',
  'overloaded',
]);

export function isOfAnOutage(outcome: FailureOutcome): boolean {
  return OF_AN_OUTAGE.has(outcome);
}

/**
 * Tells an outage of a provider's entry from trouble of single models: several of its offers fail within ten seconds and
 * nothing that it was asked gets an answer.
 */
export class EntryOutage {
  private readonly failed = new Map<string, { count: number; atMs: number }>();

  /** @returns whether this looks like an outage */
  failedOn(offerId: string, nowMs: number): boolean {
    for (const [id, { atMs }] of this.failed) if (nowMs - atMs > WINDOW_MS) this.failed.delete(id);
    this.failed.set(offerId, { count: (this.failed.get(offerId)?.count ?? 0) + 1, atMs: nowMs });
    let failures = 0;
    for (const { count } of this.failed.values()) failures += count;
    return this.failed.size >= LEAST_OFFERS && failures >= LEAST_FAILURES;
  }

  alive(): void {
    if (this.failed.size > 0) this.failed.clear();
  }
}
