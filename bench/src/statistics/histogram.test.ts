import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Histogram } from './histogram.js';

const of = (values: number[]): Histogram => {
  const histogram = new Histogram();
  for (const value of values) histogram.record(value);
  return histogram;
};

describe('Histogram', () => {
  it('is exact below 128 µs', () => {
    const histogram = of(Array.from({ length: 100 }, (_, index) => index + 1));
    expect(histogram.percentile(0.5)).toBe(50);
    expect(histogram.percentile(0.99)).toBe(99);
    expect(histogram.percentile(1)).toBe(100);
  });

  it('is within 1.6 % of the true percentile', () => {
    const values = fc.array(fc.integer({ min: 0, max: 2 ** 30 }), { minLength: 1, maxLength: 300 });
    fc.assert(
      fc.property(values, fc.double({ min: 0, max: 1, noNaN: true }), (list, share) => {
        const sorted = list.toSorted((left, right) => left - right);
        const exact = sorted[Math.max(1, Math.ceil(share * list.length)) - 1] ?? NaN;
        expect(Math.abs(of(list).percentile(share) - exact)).toBeLessThanOrEqual(exact * 0.016);
      }),
    );
  });

  it('adds up as if all had been recorded in one, also after a journey as JSON', () => {
    const sum = of([3, 500]);
    sum.add(new Histogram(JSON.parse(JSON.stringify(of([70_000, 90]))) as number[]));
    expect(sum.count).toBe(4);
    expect(JSON.stringify(sum)).toBe(JSON.stringify(of([3, 90, 500, 70_000])));
  });

  it('keeps what is out of range at the borders', () => {
    expect(of([-5]).percentile(0.5)).toBe(0);
    expect(of([2 ** 40]).percentile(0.5)).toBeGreaterThan(2 ** 30 - 1);
  });

  it('has no percentile when it is empty', () => expect(of([]).percentile(0.5)).toBeNaN());
});
