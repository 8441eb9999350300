import type { AttemptTrace } from '../failover/attempt-runner.js';
import type { AnswerAdditions } from './closing-frames.js';

/** What we add to an answer: who gave it, and how it came about. */
export function additionsOf(
  trail: readonly AttemptTrace[],
  committed: AttemptTrace,
  dropped: readonly string[],
  overheadUs: number | null,
): AnswerAdditions {
  const provider = committed.target.offer.providerId;
  return {
    provider,
    trunkline: {
      attempts: trail.map(({ target, failure }) => ({
        provider: target.offer.providerId,
        model: target.model.id,
        outcome: failure?.outcome ?? 'success',
      })),
      rescued: false,
      dropped,
      cache: 'off',
      route: { model: committed.target.model.id, provider, reason: committed.target.reason },
      ...(overheadUs === null ? {} : { overhead_ms: overheadUs / 1000 }),
    },
  };
}
