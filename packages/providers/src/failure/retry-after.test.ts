import { describe, expect, it } from '@jest/globals';
import { delayInBody, limitResetMs, retryAfterMs } from './retry-after.js';

const NOW = Date.UTC(2026, 10, 21, 12, 0, 0);

describe('a delay in the headers', () => {
  it.each([
    [{ 'retry-after-ms': '250', 'retry-after': '9' }, 250],
    [{ 'x-ms-retry-after-ms': '1300' }, 1_300],
    [{ 'retry-after-ms': '', 'retry-after': '9' }, 9_000],
    [{ 'retry-after': '20s' }, 20_000],
    [{ 'retry-after': 'Sat, 21 Nov 2026 12:00:30 GMT' }, 30_000],
    [{ 'retry-after': '2026-11-21T12:01:00Z' }, 60_000],
    [{ 'retry-after': '-1' }, null],
    [{ 'retry-after': 'later' }, null],
  ])('%j is %j', (headers, delay) => {
    expect(retryAfterMs(headers, NOW)).toBe(delay);
  });
});

describe('limits that are used up', () => {
  it.each([
    [{ 'x-ratelimit-remaining-requests': '0', 'x-ratelimit-reset-requests': '6m0s' }, 360_000],
    [{ 'x-ratelimit-remaining-tokens': '0', 'x-ratelimit-reset-tokens': '20ms' }, 20],
    [{ 'x-ratelimit-remaining-tokens-minute': '0', 'x-ratelimit-reset-tokens-minute': '12.25' }, 12_250],
    [
      {
        'anthropic-ratelimit-requests-remaining': '0',
        'anthropic-ratelimit-requests-reset': '2026-11-21T12:00:07Z',
      },
      7_000,
    ],
    [{ 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(NOW + 5_000) }, 5_000],
    [{ 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(NOW / 1000 + 5) }, 5_000],
    [{ 'ratelimit-remaining': '0', 'ratelimit-reset': '30' }, 30_000],
  ])('%j have to be waited for %j ms', (headers, delay) => {
    expect(limitResetMs(headers, NOW)).toBe(delay);
  });

  it('count, and others not; the longest decides', () => {
    expect(
      limitResetMs(
        {
          'x-ratelimit-remaining-requests': '0',
          'x-ratelimit-reset-requests': '1s',
          'x-ratelimit-remaining-tokens': '0',
          'x-ratelimit-reset-tokens': '3s',
          'x-ratelimit-remaining-requests-day': '14',
          'x-ratelimit-reset-requests-day': '9000',
        },
        NOW,
      ),
    ).toBe(3_000);
    expect(limitResetMs({ 'x-ratelimit-reset-requests': '9s' }, NOW)).toBeNull();
  });
});

describe('a delay in the body', () => {
  it.each([
    ['Rate limit reached for gpt-4o. Limit 3, Used 3, Requested 1. Please try again in 20s. Visit …', 20_000],
    ['Please try again in 1.2s.', 1_200],
    ['Please try again in 6m0s.', 360_000],
    ['Please try again in 7m12.5s. Need more tokens?', 432_500],
    ['Please try again in 640ms.', 640],
    ['Please try again in 1h3m0s.', 3_780_000],
    ['Please retry after 26 seconds. To increase your default rate limit', 26_000],
    ['Please retry in 36.42s.', 36_420],
    ['try again in 2 minutes', 120_000],
    [
      '{"error":{"details":[{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"36s"}]}}',
      36_000,
    ],
    [
      `{"error":{"metadata":{"headers":{"X-RateLimit-Remaining":"0","X-RateLimit-Reset":"${NOW + 4_000}"}}}}`,
      4_000,
    ],
    ['Please try again later.', null],
    ['Retry with a smaller prompt: 3 messages are too many', null],
  ])('%j is %j', (body, delay) => {
    expect(delayInBody(body, NOW)).toBe(delay);
  });

  it('is found in bounded time in a body that means harm', () => {
    const began = process.cpuUsage();
    delayInBody(`try again in ${'1 '.repeat(100_000)}`, NOW);
    delayInBody('retry in '.repeat(20_000), NOW);
    delayInBody(`wait ${'9'.repeat(200_000)}`, NOW);
    delayInBody(`wait for ${'1s '.repeat(60_000)}x`, NOW);
    expect(process.cpuUsage(began).user / 1_000).toBeLessThan(1_000);
  });
});
