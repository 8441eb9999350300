import { describe, expect, it } from '@jest/globals';
import { resultRows } from './result-rows.js';

const quiet = { strangers: 0, voidRounds: 0 };
const bare = { requestsPerSecond: 15_000, requestsPerCpuSecond: 16_000, rounds: 5, ...quiet };

describe('resultRows', () => {
  it('holds throughput against the bare proxy of the same run', () => {
    const gateway = {
      requestsPerSecond: 6_000,
      requestsPerCpuSecond: 6_400,
      rounds: 5,
      strangers: 0.3,
      voidRounds: 1,
    };
    expect(resultRows({ throughput: { bare, gateway } }).map(({ measured }) => measured)).toEqual([
      '15,000 requests/s, 16,000 per second of its CPU time (63 µs each)',
      '6,000 requests/s, 6,400 per second of its CPU time (156 µs each); others took 30 % of its core; 1 round(s) void',
      '40 % of its requests/s, 40 % by CPU time',
    ]);
  });

  it('says what the gateway adds as difference and ratio', () => {
    const delays = {
      upstream: { p50: 100, p99: 200, ...quiet },
      gateway: { p50: 600, p99: 2_200, ...quiet },
    };
    const rows = resultRows({ latency: { requestsPerSecond: 3_000, delays } });
    expect(rows.at(-1)).toEqual({
      what: 'gateway adds to the upstream at 3,000 requests/s',
      measured: 'p50 +0.50 ms (× 6.0), p99 +2.00 ms (× 11.0)',
      promise: '≤ 1 ms / ≤ 5 ms',
    });
  });

  it('calls a figure void of which no round counted', () => {
    const gateway = {
      requestsPerSecond: NaN,
      requestsPerCpuSecond: NaN,
      rounds: 5,
      strangers: NaN,
      voidRounds: 5,
    };
    const rows = resultRows({ throughput: { bare, gateway } });
    expect(rows[1]?.measured).toContain('void requests/s');
    expect(rows[2]?.measured).toBe('void of its requests/s, void by CPU time');
  });

  it('leaves out what was not measured', () => expect(resultRows({})).toEqual([]));
});
