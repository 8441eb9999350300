import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parsePpm, parseUsdPerMillion, parseUsdPerThing } from './decimal-price.js';

/** Digits before and after the point, as text, without a float in between. */
const decimalText = fc
  .tuple(fc.bigInt({ min: 0n, max: 10n ** 7n }), fc.stringMatching(/^\d{0,14}$/))
  .map(([whole, fraction]) => ({ whole, fraction, text: fraction ? `${whole}.${fraction}` : `${whole}` }));

describe('prices as decimal text', () => {
  it('reads US dollars per million units into nano-USD per million units', () => {
    expect(parseUsdPerMillion('0.075')).toBe(75_000_000n);
    expect(parseUsdPerMillion('10')).toBe(10_000_000_000n);
    expect(parseUsdPerMillion('0')).toBe(0n);
  });

  it('reads US dollars per thing into nano-USD per million things', () => {
    expect(parseUsdPerThing('0.04')).toBe(40_000_000_000_000n);
    expect(parseUsdPerThing('0.0000000000000005')).toBe(1n);
    expect(parseUsdPerThing('0.0000000000000004')).toBe(0n);
  });

  it('rounds half up at the ninth decimal', () => {
    expect(parseUsdPerMillion('0.0000000005')).toBe(1n);
    expect(parseUsdPerMillion('0.00000000049999')).toBe(0n);
    expect(parseUsdPerMillion('1.9999999995')).toBe(2_000_000_000n);
  });

  it('refuses what is not a plain decimal', () => {
    for (const text of ['', '-1', '+1', '1e-3', '.5', '5.', '01', '1,5', ' 1', 'NaN', '0x10', '1_000']) {
      expect(() => parseUsdPerMillion(text)).toThrow(RangeError);
      expect(() => parseUsdPerThing(text)).toThrow(RangeError);
      expect(() => parsePpm(text)).toThrow(RangeError);
    }
  });

  it('is off by at most half a nano-dollar, for every decimal', () => {
    fc.assert(
      fc.property(decimalText, ({ whole, fraction, text }) => {
        const scale = 10n ** BigInt(fraction.length);
        const exactTimesScale = BigInt(`${whole}${fraction}`) * 1_000_000_000n;
        const error = parseUsdPerMillion(text) * scale - exactTimesScale;
        expect(2n * error <= scale && 2n * error > -scale).toBe(true);
      }),
    );
  });

  it('is the same for trailing zeros, and a million times more per thing where nothing is rounded', () => {
    fc.assert(
      fc.property(decimalText, fc.nat({ max: 5 }), ({ whole, fraction, text }, zeros) => {
        const padded = `${whole}.${fraction}${'0'.repeat(zeros + 1)}`;
        expect(parseUsdPerMillion(padded)).toBe(parseUsdPerMillion(text));
        const short = fraction.slice(0, 9) ? `${whole}.${fraction.slice(0, 9)}` : `${whole}`;
        expect(parseUsdPerThing(short)).toBe(parseUsdPerMillion(short) * 1_000_000n);
      }),
    );
  });

  it('keeps the order of prices', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 15n }),
        fc.bigInt({ min: 0n, max: 10n ** 15n }),
        (left, right) => {
          const print = (value: bigint) =>
            `${value / 10n ** 12n}.${(value % 10n ** 12n).toString().padStart(12, '0')}`;
          const [less, more] = left < right ? [left, right] : [right, left];
          expect(parseUsdPerMillion(print(less)) <= parseUsdPerMillion(print(more))).toBe(true);
        },
      ),
    );
  });

  it('reads a factor into millionths', () => {
    expect(parsePpm('0.5')).toBe(500_000);
    expect(parsePpm('1')).toBe(1_000_000);
  });
});
