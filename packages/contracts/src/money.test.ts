import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { formatUsd, MAX_EXACT_NANO_USD, NANO_USD_PER_USD, parseUsd, toUsdNumber } from './money.js';

const EIGHT_MILLION = 8_000_000n * NANO_USD_PER_USD;

describe('toUsdNumber', () => {
  it('is the number that the printed decimal reads as, and reads back to the same amount below $8 M', () => {
    const small = fc.bigInt(-(10n ** 12n), 10n ** 12n);
    const any = fc.bigInt(-(10n ** 18n), 10n ** 18n);
    fc.assert(
      fc.property(fc.oneof(small, any), (amount) => {
        expect(toUsdNumber(amount)).toBe(Number(formatUsd(amount)));
        if (amount < EIGHT_MILLION && amount > -EIGHT_MILLION) {
          expect(parseUsd(toUsdNumber(amount).toFixed(9))).toBe(amount);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    [0n, 0],
    [1n, 1e-9],
    [150_000_000n, 0.15],
    [-450_000n, -0.00045],
    [MAX_EXACT_NANO_USD, 9_007_199.254740991],
  ])('reads %s nano-USD as %s', (amount, dollars) => {
    expect(toUsdNumber(amount)).toBe(dollars);
  });
});
