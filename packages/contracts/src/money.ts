import { z } from 'zod';

/** Money is an integer of nano-USD (10⁻⁹ $) held in a bigint. Never a float. */
export type NanoUsd = bigint;

/** One US dollar in nano-USD. */
export const NANO_USD_PER_USD = 1_000_000_000n;

/** Prices are nano-USD per this many units of a bucket. */
export const UNITS_PER_PRICE = 1_000_000n;

/**
 * Largest amount that Redis scripts and JSON numbers carry exactly: 2⁵³ − 1 nano-USD (about $9.0 M).
 * A Lua number is a double; so is a JSON number in most readers.
 */
export const MAX_EXACT_NANO_USD = 9_007_199_254_740_991n;

/** A signed integer of nano-USD as it stands in JSON: a string of digits. */
export const nanoUsdString = z.string().regex(/^-?\d{1,19}$/, 'an integer of nano-USD as a string of digits');

/**
 * Divides two integers and rounds half up (toward plus infinity at exactly one half).
 * @throws RangeError when the divisor is not positive
 */
export function divideRoundHalfUp(dividend: bigint, divisor: bigint): bigint {
  if (divisor <= 0n) throw new RangeError('divisor must be positive');
  const doubled = dividend * 2n + divisor;
  const quotient = doubled / (divisor * 2n);
  const isExact = doubled % (divisor * 2n) === 0n;
  return doubled < 0n && !isExact ? quotient - 1n : quotient;
}

/**
 * Cost of units at a price, in nano-USD, rounded half up.
 * @param units whole units of one bucket (tokens, characters, …)
 * @param nanoUsdPerMillion price in nano-USD per million units
 */
export function costOfUnits(units: bigint, nanoUsdPerMillion: bigint): NanoUsd {
  return divideRoundHalfUp(units * nanoUsdPerMillion, UNITS_PER_PRICE);
}

const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?$/;

/**
 * Reads a decimal string of US dollars into nano-USD, rounded half up at the ninth decimal.
 * `'0.15'` → `150000000n`.
 * @throws RangeError when the text is not a plain decimal number
 */
export function parseUsd(text: string): NanoUsd {
  const match = DECIMAL.exec(text);
  if (!match) throw new RangeError(`not a decimal amount of US dollars: ${JSON.stringify(text)}`);
  const [, sign, whole = '0', fraction = ''] = match;
  const scaled = BigInt(whole + fraction) * NANO_USD_PER_USD;
  const value = divideRoundHalfUp(sign ? -scaled : scaled, 10n ** BigInt(fraction.length));
  return value;
}

/** Prints nano-USD as a plain decimal string of US dollars without trailing zeros: `150000000n` → `'0.15'`. */
export function formatUsd(amount: NanoUsd): string {
  const sign = amount < 0n ? '-' : '';
  const digits = (amount < 0n ? -amount : amount).toString().padStart(10, '0');
  const fraction = digits.slice(-9).replace(/0+$/, '');
  return `${sign}${digits.slice(0, -9)}${fraction ? `.${fraction}` : ''}`;
}

/**
 * US dollars as the JSON number that OpenRouter's clients read (`usage.cost`, `/credits`).
 * Exact in the sense that the printed decimal parses back to the same nano-USD below $8 M, where doubles get coarser.
 */
export function toUsdNumber(amount: NanoUsd): number {
  // Both sides are exact, and a division is rounded as a printed decimal is read: to the nearest double.
  if (amount <= MAX_EXACT_NANO_USD && amount >= -MAX_EXACT_NANO_USD) return Number(amount) / 1e9;
  return Number(formatUsd(amount));
}
