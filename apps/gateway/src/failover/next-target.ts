import type { FailureOutcome, UpstreamFailure } from '@trunkline/contracts';
import type { Target } from '@trunkline/routing';
import { OUTCOME_RULES, type OutcomeRule } from './attempt-outcome.js';
import { backoffMs } from './backoff.js';
import type { BreakerState } from './circuit-breaker.js';

/** How often one target may be asked in one call. */
const MAX_TRIES_PER_TARGET = 2;
/** A named delay up to this is worth waiting for when nothing better is left. */
const SHORT_DELAY_MS = 3_000;
/** Attempts of one call, whatever the plan says. */
const MAX_ATTEMPTS = 12;

export interface FailedTry {
  /** Index of the target in the plan. */
  readonly target: number;
  readonly failure: UpstreamFailure;
}

export interface ChoiceInput {
  readonly targets: readonly Target[];
  readonly failed: readonly FailedTry[];
  readonly breakerOf: (key: string) => BreakerState;
  /** Whether a retry budget has room for asking the target again, or for asking it though it is open. */
  readonly mayRetry: (key: string) => boolean;
  /** A target has taken the request: another one's refusal of it says nothing about the rest. */
  readonly isTaken?: boolean;
  readonly nowMs: number;
  /** When the total clock runs out. */
  readonly deadlineMs: number;
  /** A number in [0, 1) for the jitter. */
  readonly random: number;
}

export type Choice =
  | { readonly kind: 'attempt'; readonly target: number; readonly afterMs: number }
  | { readonly kind: 'stop' };

const STOP: Choice = { kind: 'stop' };

/**
 * Decides what to ask next. A target that has not been asked comes before one that has; within those, closed breakers
 * come before one that waits for a probe, and that before an open one: never are all open at once. Other offers of a
 * model come before the next model by the order of the plan. Pure.
 */
export function chooseNext(input: ChoiceInput): Choice {
  const { failed, nowMs, deadlineMs } = input;
  if (nowMs >= deadlineMs || failed.length >= MAX_ATTEMPTS) return STOP;
  const allowed = allowedTargets(input);
  const fresh = bestByBreaker(
    input,
    allowed.filter((target) => !failed.some((entry) => entry.target === target)),
  );
  if (fresh !== null) return { kind: 'attempt', target: fresh, afterMs: 0 };
  return chooseAgain(input, allowed);
}

/**
 * Another target to ask while one is slow: not asked before, and healthy.
 * @returns its index; null where there is none
 */
export function chooseBeside(input: ChoiceInput, running: number): number | null {
  if (input.nowMs >= input.deadlineMs || input.failed.length + 1 >= MAX_ATTEMPTS) return null;
  const healthy = allowedTargets(input).find(
    (index) =>
      index !== running &&
      !input.failed.some((entry) => entry.target === index) &&
      input.breakerOf(input.targets[index]?.key ?? '') === 'closed',
  );
  return healthy ?? null;
}

/** Targets that no failure so far rules out. */
function allowedTargets({ targets, failed, isTaken = false }: ChoiceInput): number[] {
  const allowed: number[] = [];
  for (const [index, target] of targets.entries()) {
    const isAllowed = failed.every(
      (entry) =>
        (isTaken && REFUSED.has(entry.failure.outcome)) ||
        permits(entry, targets[entry.target], target, index),
    );
    if (isAllowed) allowed.push(index);
  }
  return allowed;
}

const REFUSED: ReadonlySet<FailureOutcome> = new Set(['invalid_request', 'content_policy']);

function permits(entry: FailedTry, asked: Target | undefined, candidate: Target, index: number): boolean {
  const rule: OutcomeRule = OUTCOME_RULES[entry.failure.outcome];
  if (!asked || index === entry.target) return true;
  if (candidate.model.id !== asked.model.id) return rule.otherModel;
  // A request that this adapter could not express was never sent: another protocol may carry it.
  if (entry.failure.statusCode === null && entry.failure.outcome === 'invalid_request') return true;
  if (rule.otherTarget === 'if_limits_differ') return limitsDiffer(asked, candidate, entry.failure);
  return rule.otherTarget === 'yes';
}

/** Whether the candidate declares more room in what the failed target had too little of. */
function limitsDiffer(asked: Target, candidate: Target, failure: UpstreamFailure): boolean {
  if (failure.outcome === 'context_length') return contextOf(candidate) > contextOf(asked);
  if (failure.outcome === 'invalid_request' && failure.param?.startsWith('max_')) {
    return (candidate.offer.maxOutputTokens ?? 0) > (asked.offer.maxOutputTokens ?? 0);
  }
  return false;
}

function contextOf(target: Target): number {
  return target.offer.contextWindow ?? target.model.contextWindow ?? 0;
}

const BREAKER_RANK: Record<BreakerState, number> = { half_open: 0, closed: 0, open: 1 };

function bestByBreaker(
  { targets, failed, breakerOf, mayRetry }: ChoiceInput,
  candidates: readonly number[],
): number | null {
  let best: number | null = null;
  let bestRank = Number.POSITIVE_INFINITY;
  for (const index of candidates) {
    const target = targets[index];
    if (!target) continue;
    const state = breakerOf(target.key);
    const rank = BREAKER_RANK[state];
    // A call's first attempt is never refused.
    if (state === 'open' && failed.length > 0 && !mayRetry(target.key)) continue;
    if (rank < bestRank) {
      best = index;
      bestRank = rank;
    }
    // Breakers of those behind it are not asked: to be asked counts as a wish to try them.
    if (rank === 0) break;
  }
  return best;
}

/** Every target was asked: the one that may be asked again soonest, if its outcome allows it and time is left. */
function chooseAgain(input: ChoiceInput, allowed: readonly number[]): Choice {
  let best: { target: number; afterMs: number } | null = null;
  for (const target of allowed) {
    const tries = input.failed.filter((entry) => entry.target === target);
    const last = tries.at(-1);
    const key = input.targets[target]?.key;
    if (!last || key === undefined || tries.length >= MAX_TRIES_PER_TARGET || !input.mayRetry(key)) continue;
    const afterMs = delayBeforeRetry(last.failure, tries.length, input.random);
    if (afterMs === null || input.nowMs + afterMs >= input.deadlineMs) continue;
    if (best === null || afterMs < best.afterMs) best = { target, afterMs };
  }
  return best ? { kind: 'attempt', ...best } : STOP;
}

function delayBeforeRetry(failure: UpstreamFailure, tries: number, random: number): number | null {
  const rule: OutcomeRule = OUTCOME_RULES[failure.outcome];
  if (rule.sameTarget === 'never') return null;
  if (failure.retryAfterMs !== null)
    return failure.retryAfterMs <= SHORT_DELAY_MS ? failure.retryAfterMs : null;
  return rule.sameTarget === 'after_backoff' ? backoffMs(tries, random) : null;
}
