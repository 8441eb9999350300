import { describe, expect, it } from '@jest/globals';
import { LATENCY_BOUNDS_MS, latencyBucket, latencyQuantile } from './latency-histogram.js';

const emptyCounts = () => Array.from({ length: LATENCY_BOUNDS_MS.length + 1 }, () => 0n);

describe('a latency histogram', () => {
  it('counts a latency at the first bound that is not below it', () => {
    expect([0, 5, 6, 120_000, 120_001].map(latencyBucket)).toEqual([0, 0, 1, 23, 24]);
  });

  it('has no quantile when nothing was counted', () => {
    expect(latencyQuantile(emptyCounts(), 0.5)).toBeNull();
  });

  it('interpolates inside the bucket of the rank', () => {
    const counts = emptyCounts();
    counts[latencyBucket(120)] = 10n;
    expect(latencyQuantile(counts, 0.5)).toBe(125);
    expect(latencyQuantile(counts, 1)).toBe(150);
  });

  it('passes over what lies below the rank', () => {
    const counts = emptyCounts();
    counts[latencyBucket(3)] = 95n;
    counts[latencyBucket(900)] = 5n;
    expect(latencyQuantile(counts, 0.5)).toBeLessThanOrEqual(5);
    expect(latencyQuantile(counts, 0.99)).toBeGreaterThan(800);
  });

  it('says the last bound for what lies above it', () => {
    const counts = emptyCounts();
    counts[LATENCY_BOUNDS_MS.length] = 1n;
    expect(latencyQuantile(counts, 0.95)).toBe(120_000);
  });
});
