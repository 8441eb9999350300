import { describe, expect, it } from '@jest/globals';
import { ATTEMPT_OUTCOMES, type FailureOutcome, type UpstreamFailure } from '@trunkline/contracts';
import { OUTCOME_RULES } from './attempt-outcome.js';
import { chooseNext, type ChoiceInput } from './next-target.js';
import { sketchFailure, sketchTarget } from './testing/sketch-target.js';

const targets = [
  sketchTarget('first', { contextWindow: 8_000, maxOutputTokens: 1_000 }),
  sketchTarget('roomy', { contextWindow: 128_000, maxOutputTokens: 9_000 }),
  sketchTarget('small', { contextWindow: 4_000, maxOutputTokens: 500 }),
  sketchTarget('other', { model: 'acme/two', contextWindow: 2_000 }),
];

function choose(failed: [number, UpstreamFailure][], changes: Partial<ChoiceInput> = {}) {
  const choice = chooseNext({
    targets,
    failed: failed.map(([target, failure]) => ({ target, failure })),
    breakerOf: () => 'closed',
    mayRetry: () => true,
    nowMs: 0,
    deadlineMs: 60_000,
    random: 0.5,
    ...changes,
  });
  return choice.kind === 'stop' ? 'stop' : `${targets[choice.target]?.key} after ${choice.afterMs}`;
}

describe('chooseNext', () => {
  it('asks no breaker behind a target that is asked, since that counts as a wish to try', () => {
    const asked: string[] = [];
    const breakerOf = (key: string) => {
      asked.push(key);
      return key === 'first' ? ('open' as const) : ('closed' as const);
    };
    expect(choose([], { breakerOf })).toBe('roomy after 0');
    expect(asked).toEqual(['first', 'roomy']);
  });

  it('begins with the first of the plan', () => {
    expect(choose([])).toBe('first after 0');
  });

  const next: Record<FailureOutcome, string> = {
    transport: 'roomy after 0',
    timeout: 'roomy after 0',
    rate_limited: 'roomy after 0',
    overloaded: 'roomy after 0',
    server_error: 'roomy after 0',
    credential_rejected: 'roomy after 0',
    quota_exhausted: 'roomy after 0',
    model_unavailable: 'roomy after 0',
    context_length: 'roomy after 0',
    content_policy: 'other after 0',
    invalid_request: 'stop',
    malformed: 'roomy after 0',
    empty: 'roomy after 0',
    invalid_output: 'roomy after 0',
    truncated: 'roomy after 0',
    cancelled: 'stop',
  };
  it.each(Object.entries(next) as [FailureOutcome, string][])(
    'goes on after %s as the table says',
    (outcome, expected) => {
      expect(choose([[0, sketchFailure(outcome)]])).toBe(expected);
    },
  );

  const again: Record<FailureOutcome, string> = {
    transport: 'first after 50',
    timeout: 'first after 50',
    rate_limited: 'stop',
    overloaded: 'first after 50',
    server_error: 'first after 50',
    credential_rejected: 'stop',
    quota_exhausted: 'stop',
    model_unavailable: 'stop',
    context_length: 'stop',
    content_policy: 'stop',
    invalid_request: 'stop',
    malformed: 'first after 50',
    empty: 'first after 50',
    invalid_output: 'first after 50',
    truncated: 'first after 50',
    cancelled: 'stop',
  };
  it.each(Object.entries(again) as [FailureOutcome, string][])(
    'asks a lonely target again after %s only as the table says',
    (outcome, expected) => {
      const lonely = targets.slice(0, 1);
      expect(choose([[0, sketchFailure(outcome)]], { targets: lonely })).toBe(expected);
      expect(
        choose(
          [
            [0, sketchFailure(outcome)],
            [0, sketchFailure(outcome)],
          ],
          { targets: lonely },
        ),
      ).toBe('stop');
    },
  );

  it('has a row for every outcome of the closed list', () => {
    expect(Object.keys(OUTCOME_RULES).sort()).toEqual(
      ATTEMPT_OUTCOMES.filter((outcome) => outcome !== 'success').sort(),
    );
  });

  it('waits for a named delay when it is short and nothing better is left', () => {
    const lonely = targets.slice(0, 1);
    const limited = (retryAfterMs: number) => sketchFailure('rate_limited', { retryAfterMs });
    expect(choose([[0, limited(1_200)]])).toBe('roomy after 0');
    expect(choose([[0, limited(1_200)]], { targets: lonely })).toBe('first after 1200');
    expect(choose([[0, limited(20_000)]], { targets: lonely })).toBe('stop');
    expect(choose([[0, limited(1_200)]], { targets: lonely, deadlineMs: 1_000 })).toBe('stop');
  });

  it('sends a refused request elsewhere only where more room is declared', () => {
    const tooLong = sketchFailure('context_length', { statusCode: 400 });
    expect(
      choose([
        [0, tooLong],
        [1, sketchFailure('server_error')],
      ]),
    ).toBe('other after 0');
    const limit = sketchFailure('invalid_request', { statusCode: 400, param: 'max_tokens' });
    expect(choose([[0, limit]])).toBe('roomy after 0');
    expect(
      choose([
        [0, limit],
        [1, limit],
      ]),
    ).toBe('stop');
  });

  it('does not take one target’s word on a request that another has taken', () => {
    const refusal = sketchFailure('invalid_request', { statusCode: 400 });
    expect(choose([[0, refusal]])).toBe('stop');
    expect(choose([[0, refusal]], { isTaken: true })).toBe('roomy after 0');
    const all = targets.map((_, index): [number, UpstreamFailure] => [index, refusal]);
    expect(choose(all, { isTaken: true })).toBe('stop');
  });

  it('asks another adapter where one could not express the request', () => {
    expect(choose([[0, sketchFailure('invalid_request', { statusCode: null })]])).toBe('roomy after 0');
  });

  it('asks a target whose breaker is open last, but asks it', () => {
    const open = (...keys: string[]) => ({
      breakerOf: (key: string) => (keys.includes(key) ? ('open' as const) : ('closed' as const)),
    });
    expect(choose([], open('first'))).toBe('roomy after 0');
    expect(choose([], open('first', 'roomy', 'small', 'other'))).toBe('first after 0');
  });

  it('lets a half-open target have its turn', () => {
    expect(choose([], { breakerOf: (key) => (key === 'first' ? 'half_open' : 'closed') })).toBe(
      'first after 0',
    );
  });

  it('stops at the deadline', () => {
    expect(choose([], { nowMs: 60_000 })).toBe('stop');
  });
});
