import { describe, expect, it } from '@jest/globals';
import type { Clock } from '@trunkline/contracts';
import { CircuitBreakers, FAILURES_TO_OPEN } from './circuit-breaker.js';
import { sketchFailure } from './testing/sketch-target.js';

const A = 'acme/one@acme|entry|cred';
const B = 'acme/two@acme|entry|cred';
const failure = sketchFailure('truncated', { statusCode: null });

function failInRow(breakers: CircuitBreakers, key: string, atMs: number, times = FAILURES_TO_OPEN): void {
  for (let failed = 0; failed < times; failed += 1) breakers.failed(key, failure, atMs);
}
const whole = (startedMs: number) => ({ startedMs, firstTokenMs: null });
const stream = (startedMs: number, firstTokenMs: number) => ({
  startedMs,
  firstTokenMs: startedMs + firstTokenMs,
});

describe("a target's breaker", () => {
  it('opens after failures in a row and not before', () => {
    const breakers = new CircuitBreakers();
    failInRow(breakers, A, 0, FAILURES_TO_OPEN - 1);
    expect(breakers.stateOf(A, 0)).toBe('closed');
    breakers.failed(A, failure, 0);
    expect(breakers.stateOf(A, 0)).toBe('open');
    expect(breakers.stateOf(B, 0)).toBe('closed');
  });

  it('forgets failures in a row when a call succeeds', () => {
    const breakers = new CircuitBreakers();
    for (let round = 0; round < 3; round += 1) {
      failInRow(breakers, A, 0, FAILURES_TO_OPEN - 1);
      breakers.succeeded(A, 0);
    }
    expect(breakers.stateOf(A, 0)).toBe('closed');
  });

  it('opens when half of the attempts of thirty seconds failed, and not for old ones', () => {
    const breakers = new CircuitBreakers();
    for (let n = 0; n < 9; n += 1) {
      breakers.succeeded(A, n);
      breakers.failed(A, failure, n);
    }
    breakers.failed(A, failure, 40_000);
    expect(breakers.stateOf(A, 40_000)).toBe('closed');
    for (let n = 0; n < 10; n += 1) {
      breakers.succeeded(A, 40_000);
      breakers.failed(A, failure, 40_000);
    }
    expect([...breakers.notClosed(40_000)]).toMatchObject([{ cause: 'error_rate', detail: 'truncated' }]);
  });

  it('opens when half of the streams begin three times later than they used to', () => {
    const breakers = new CircuitBreakers();
    for (let n = 0; n < 64; n += 1) breakers.answered(A, stream(0, 1_000), 0);
    for (let n = 0; n < 10; n += 1) breakers.answered(A, stream(0, 2_500), 0);
    expect(breakers.stateOf(A, 0)).toBe('closed');
    for (let n = 0; n < 10; n += 1) breakers.answered(A, stream(60_000, 3_500), 63_500);
    expect([...breakers.notClosed(63_500)]).toMatchObject([{ cause: 'slow_starts', state: 'open' }]);
    breakers.begin(A, 66_000);
    breakers.answered(A, stream(66_000, 9_000), 75_000);
    expect(breakers.stateOf(A, 75_001)).toBe('open');
    breakers.begin(A, 80_000);
    breakers.answered(A, stream(80_000, 900), 80_900);
    expect(breakers.stateOf(A, 80_900)).toBe('closed');
  });

  it('takes what is slow for ten minutes without a break for the new pace, and not sooner', () => {
    const breakers = new CircuitBreakers();
    const slowFor = (minutes: number, fromMinute: number) => {
      for (let second = 0; second < minutes * 60; second += 2) {
        const atMs = (fromMinute * 60 + second) * 1000;
        breakers.begin(A, atMs);
        breakers.answered(A, stream(atMs, 3_500), atMs + 3_500);
      }
    };
    for (let n = 0; n < 64; n += 1) breakers.answered(A, stream(0, 1_000), 0);
    slowFor(9, 1);
    expect(breakers.usualFirstTokenMs(A)).toBe(1_000);
    slowFor(3, 10);
    expect(breakers.usualFirstTokenMs(A)).toBe(3_500);
    expect(breakers.stateOf(A, 14 * 60_000)).toBe('closed');
  });

  it('of a provider without a list does not count names that are unknown there', () => {
    const breakers = new CircuitBreakers();
    const unlisted = 'acme/*@acme|entry|cred';
    const unknown = sketchFailure('model_unavailable', { statusCode: 404 });
    for (let n = 0; n < 50; n += 1) breakers.failed(unlisted, unknown, 0);
    expect(breakers.stateOf(unlisted, 0)).toBe('closed');
    for (let n = 0; n < FAILURES_TO_OPEN; n += 1) breakers.failed(A, unknown, 0);
    expect(breakers.stateOf(A, 0)).toBe('open');
  });

  it('is not opened by clients that wait for less than anybody would', () => {
    const breakers = new CircuitBreakers();
    const late = sketchFailure('timeout', { statusCode: null });
    const times = (clock: Clock, ms: number, streamed = true) => {
      for (let n = 0; n < 50; n += 1) breakers.failed(A, late, 0, { clock, ms, streamed });
    };
    times('connect', 999);
    times('first_token', 4_999);
    times('headers', 9_999, false);
    times('gap', 4_999);
    times('total', 4_999);
    expect(breakers.stateOf(A, 0)).toBe('closed');
    for (let n = 0; n < 64; n += 1) breakers.answered(A, stream(0, 8_000), 0);
    times('first_token', 11_999);
    expect(breakers.stateOf(A, 0)).toBe('closed');
    times('first_token', 12_000);
    expect(breakers.stateOf(A, 0)).toBe('open');
  });

  it('lets one call try after two seconds, and closes as soon as its answer begins', () => {
    const breakers = new CircuitBreakers();
    failInRow(breakers, A, 0);
    expect(breakers.stateOf(A, 1_999)).toBe('open');
    expect(breakers.stateOf(A, 2_000)).toBe('half_open');
    breakers.begin(A, 2_000);
    expect(breakers.stateOf(A, 2_000)).toBe('open');
    breakers.answered(A, whole(2_000), 2_100);
    expect(breakers.stateOf(A, 2_100)).toBe('closed');
  });

  it('opens again, for longer and never for more than five seconds, when the trying call fails', () => {
    const breakers = new CircuitBreakers();
    failInRow(breakers, A, 0);
    let nowMs = 0;
    for (const openMs of [2_000, 4_000, 5_000, 5_000]) {
      expect(breakers.stateOf(A, nowMs + openMs - 1)).toBe('open');
      nowMs += openMs;
      expect(breakers.stateOf(A, nowMs)).toBe('half_open');
      breakers.begin(A, nowMs);
      breakers.failed(A, failure, nowMs);
    }
  });

  it('opens at the first failure behind a trying call that began well and was cut', () => {
    const breakers = new CircuitBreakers();
    failInRow(breakers, A, 0);
    breakers.begin(A, 2_000);
    breakers.answered(A, whole(2_000), 2_100);
    breakers.failed(A, failure, 2_200);
    expect(breakers.stateOf(A, 6_100)).toBe('open');
    expect(breakers.stateOf(A, 6_200)).toBe('half_open');
  });

  it('is not closed by answers of calls that began before it opened', () => {
    const breakers = new CircuitBreakers();
    failInRow(breakers, A, 100);
    breakers.answered(A, whole(50), 110);
    breakers.succeeded(A, 120);
    expect(breakers.stateOf(A, 130)).toBe('open');
  });

  it('gives the try to the next call when the trying one said nothing, or has been out for long', () => {
    const breakers = new CircuitBreakers();
    failInRow(breakers, A, 0);
    breakers.begin(A, 2_000);
    breakers.failed(A, sketchFailure('cancelled', { statusCode: null }), 2_100);
    expect(breakers.stateOf(A, 2_100)).toBe('half_open');
    breakers.begin(A, 2_100);
    expect(breakers.stateOf(A, 7_099)).toBe('open');
    expect(breakers.stateOf(A, 7_100)).toBe('half_open');
  });

  it('waits for the right to probe where rights are given', () => {
    const breakers = new CircuitBreakers();
    breakers.book.probesAlone = false;
    failInRow(breakers, A, 0);
    expect(breakers.stateOf(A, 5_000)).toBe('open');
    const [waiting] = breakers.book.overdue(5_100);
    expect(waiting).toMatchObject({ wantedAgoMs: 100, overdueMs: 3_100 });
    breakers.book.grant(waiting?.name ?? '', true);
    expect(breakers.stateOf(A, 5_200)).toBe('half_open');
  });
});

describe('a credential', () => {
  it('that is refused takes out every target that uses it, and no other', () => {
    const breakers = new CircuitBreakers();
    breakers.failed(A, sketchFailure('credential_rejected', { statusCode: 401 }), 0);
    expect(breakers.stateOf(B, 9_999)).toBe('open');
    expect(breakers.stateOf('acme/one@acme|entry|other', 0)).toBe('closed');
    expect(breakers.stateOf(B, 10_000)).toBe('half_open');
  });

  it('is not out for one or two requests that the provider forbids, among others that it answers', () => {
    const breakers = new CircuitBreakers();
    const forbidden = sketchFailure('credential_rejected', { statusCode: 403 });
    for (let n = 0; n < 10; n += 1) {
      breakers.failed(A, forbidden, n);
      breakers.failed(A, forbidden, n);
      breakers.succeeded(B, n);
    }
    expect(breakers.stateOf(A, 10)).toBe('closed');
    for (let n = 0; n < 3; n += 1) breakers.failed(A, forbidden, 10);
    expect(breakers.stateOf(B, 10)).toBe('open');
  });

  it('comes back for all of them when one call with it is answered', () => {
    const breakers = new CircuitBreakers();
    breakers.failed(A, sketchFailure('quota_exhausted', { statusCode: 402 }), 0);
    breakers.begin(B, 10_000);
    breakers.answered(B, whole(10_000), 10_010);
    expect(breakers.stateOf(A, 10_010)).toBe('closed');
  });

  it('stays out longer each time, five minutes at most', () => {
    const breakers = new CircuitBreakers();
    let nowMs = 0;
    for (const openMs of [10_000, 20_000, 40_000, 80_000, 160_000, 300_000, 300_000]) {
      breakers.begin(A, nowMs);
      breakers.failed(A, sketchFailure('credential_rejected', { statusCode: 401 }), nowMs);
      nowMs += openMs;
      expect(breakers.stateOf(A, nowMs - 1)).toBe('open');
      expect(breakers.stateOf(A, nowMs)).toBe('half_open');
    }
  });

  it('is tried again when its probe found the provider away', () => {
    const breakers = new CircuitBreakers();
    breakers.failed(A, sketchFailure('credential_rejected', { statusCode: 401 }), 0);
    breakers.begin(A, 10_000);
    breakers.failed(A, sketchFailure('transport', { statusCode: null }), 10_001);
    expect(breakers.stateOf(A, 10_002)).toBe('half_open');
  });
});

describe("a provider's entry", () => {
  const away = sketchFailure('transport', { statusCode: null });

  it('is out as a whole when several of its offers fail and none answers, and one call brings all back', () => {
    const breakers = new CircuitBreakers();
    for (const key of [A, B, A, B]) breakers.failed(key, away, 0);
    expect([...breakers.notClosed(0)]).toMatchObject([{ key: 'entry:entry', cause: 'outage' }]);
    expect(breakers.stateOf('acme/three@acme|entry|cred', 0)).toBe('open');
    breakers.begin(B, 2_000);
    expect(breakers.stateOf(A, 2_000)).toBe('open');
    breakers.answered(B, whole(2_000), 2_100);
    for (const key of [A, B]) expect(breakers.stateOf(key, 2_100)).toBe('closed');
  });

  it('is not blamed for one offer, nor while another one answers', () => {
    const breakers = new CircuitBreakers();
    for (let n = 0; n < 20; n += 1) breakers.failed(A, away, 0);
    expect(breakers.stateOf(B, 0)).toBe('closed');
    breakers.failed(B, away, 0);
    const other = new CircuitBreakers();
    for (let n = 0; n < 20; n += 1) {
      other.failed(A, away, n);
      other.answered(B, whole(n), n);
      other.failed('acme/three@acme|entry|cred', away, n);
    }
    expect([...other.notClosed(20)].map(({ scope }) => scope)).not.toContain('entry');
  });

  it('takes the place of the breakers of its targets', () => {
    const breakers = new CircuitBreakers();
    for (let n = 0; n < FAILURES_TO_OPEN; n += 1) breakers.failed(A, away, 0);
    breakers.failed(B, away, 0);
    expect([...breakers.notClosed(0)].map(({ key }) => key)).toEqual(['entry:entry']);
  });

  it('opens for longer when the trying call fails too, and closes when that is merely refused', () => {
    const breakers = new CircuitBreakers();
    for (const key of [A, B, A, B]) breakers.failed(key, away, 0);
    breakers.begin(A, 2_000);
    breakers.failed(A, away, 2_000);
    expect(breakers.stateOf(B, 5_999)).toBe('open');
    breakers.begin(A, 6_000);
    breakers.failed(A, sketchFailure('invalid_request', { statusCode: 400 }), 6_000);
    expect(breakers.stateOf(B, 6_000)).toBe('closed');
  });
});

describe('a target that is asked to be left alone', () => {
  it('cools for the delay that was named, and is then there without a probe', () => {
    const breakers = new CircuitBreakers();
    breakers.failed(A, sketchFailure('rate_limited', { statusCode: 429, retryAfterMs: 45_000 }), 0);
    expect([...breakers.notClosed(0)]).toMatchObject([{ cause: 'cooling', untilMs: 45_000 }]);
    expect(breakers.stateOf(A, 44_999)).toBe('open');
    expect(breakers.stateOf(A, 45_000)).toBe('closed');
    expect(breakers.stateOf(B, 0)).toBe('closed');
  });

  it('cools longer with each rate limit that names no delay, until it answers', () => {
    const breakers = new CircuitBreakers();
    const limited = sketchFailure('rate_limited', { statusCode: 429 });
    breakers.failed(A, limited, 0);
    expect(breakers.stateOf(A, 1_000)).toBe('closed');
    breakers.failed(A, limited, 1_000);
    expect(breakers.stateOf(A, 2_999)).toBe('open');
    breakers.succeeded(A, 3_000);
    breakers.failed(A, limited, 3_000);
    expect(breakers.stateOf(A, 4_000)).toBe('closed');
  });

  it('waits for the longer of what a breaker and a provider say', () => {
    const breakers = new CircuitBreakers();
    for (let n = 0; n < FAILURES_TO_OPEN; n += 1)
      breakers.failed(A, sketchFailure('overloaded', { statusCode: 503, retryAfterMs: 20_000 }), 0);
    expect(breakers.stateOf(A, 19_999)).toBe('open');
    expect(breakers.stateOf(A, 20_000)).toBe('half_open');
  });
});

it('keeps no memory of targets that nobody uses', () => {
  const breakers = new CircuitBreakers();
  for (let n = 0; n < 20_000; n += 1) breakers.succeeded(`acme/${n}@acme|entry-${n}|cred`, n);
  breakers.failed(A, sketchFailure('rate_limited', { statusCode: 429, retryAfterMs: 5_000 }), 20_000);
  breakers.sweep(400_000);
  expect(breakers.book.allClosed).toBe(true);
  expect(breakers.book.known(`target:${A}`)).toBeUndefined();
});
