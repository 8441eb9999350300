import type { PolicyProjection } from '@trunkline/contracts';
import type { AttemptTrace } from '../failover/attempt-runner.js';

/** What an answer carries besides, in the body or in the last data frame. */
export interface AnswerAdditions {
  /** Who answered. */
  readonly provider: string;
  readonly trunkline: TrunklineObject;
}

export interface TrunklineObject {
  readonly attempts: readonly ToldAttempt[];
  readonly rescued: boolean;
  readonly dropped: readonly string[];
  readonly cache: 'off';
  readonly route: {
    model: string;
    provider: string;
    reason: string;
    /** What was in force; absent without a policy. */
    policy?: { name: string; version: number };
  };
  /** Streams only: a plain answer says it in a header. */
  readonly overhead_ms?: number;
}

export interface ToldAttempt {
  readonly provider: string;
  readonly model: string;
  readonly outcome: string;
  /** Where it went on with an answer that had broken off. */
  readonly splice?: { mode: string; at_characters: number; skipped_characters: number };
}

/** What we add to an answer: who gave it, and how it came about. */
export function additionsOf({
  trail,
  committed,
  dropped,
  isRescued,
  overheadUs,
  policy,
}: {
  readonly trail: readonly AttemptTrace[];
  readonly committed: AttemptTrace;
  readonly dropped: readonly string[];
  readonly isRescued: boolean;
  /** Null where a header says it. */
  readonly overheadUs: number | null;
  readonly policy: PolicyProjection | null;
}): AnswerAdditions {
  const provider = committed.target.offer.providerId;
  return {
    provider,
    trunkline: {
      attempts: trail.map(toldAttempt),
      rescued: isRescued,
      dropped,
      cache: 'off',
      route: {
        model: committed.target.model.id,
        provider,
        reason: committed.target.reason,
        ...(policy && { policy: { name: policy.name, version: policy.version } }),
      },
      ...(overheadUs === null ? {} : { overhead_ms: overheadUs / 1000 }),
    },
  };
}

function toldAttempt({ target, failure, splice }: AttemptTrace): ToldAttempt {
  return {
    provider: target.offer.providerId,
    model: target.model.id,
    outcome: failure?.outcome ?? 'success',
    ...(splice && {
      splice: {
        mode: splice.mode,
        at_characters: splice.atCharacters,
        skipped_characters: splice.skippedCharacters,
      },
    }),
  };
}
