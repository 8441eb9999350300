import { divideRoundHalfUp, parseUsd } from '@trunkline/contracts';

const PLAIN_DECIMAL = /^(0|[1-9]\d*)(\.\d+)?$/;

/** Nano-USD per million things for one US dollar per single thing. */
const NANO_USD_PER_MILLION_AT_ONE_USD = 10n ** 15n;

function assertPlainDecimal(text: string): void {
  if (!PLAIN_DECIMAL.test(text)) throw new RangeError(`not a plain decimal price: ${JSON.stringify(text)}`);
}

/**
 * Reads a price in US dollars per million units into nano-USD per million units, rounded half up.
 * `'0.075'` → `75000000n`.
 * @throws RangeError when the text is not a plain, non-negative decimal
 */
export function parseUsdPerMillion(text: string): bigint {
  assertPlainDecimal(text);
  return parseUsd(text);
}

/**
 * Reads a price in US dollars per single thing (an image, a request, a second) into nano-USD per million things,
 * rounded half up. `'0.04'` → `40000000000000n`.
 * @throws RangeError when the text is not a plain, non-negative decimal
 */
export function parseUsdPerThing(text: string): bigint {
  assertPlainDecimal(text);
  const [whole = '0', fraction = ''] = text.split('.');
  return divideRoundHalfUp(
    BigInt(whole + fraction) * NANO_USD_PER_MILLION_AT_ONE_USD,
    10n ** BigInt(fraction.length),
  );
}

/**
 * Reads a factor such as `'0.5'` into millionths, rounded half up: `500000`.
 * @throws RangeError when the text is not a plain, non-negative decimal
 */
export function parsePpm(text: string): number {
  assertPlainDecimal(text);
  const [whole = '0', fraction = ''] = text.split('.');
  return Number(divideRoundHalfUp(BigInt(whole + fraction) * 1_000_000n, 10n ** BigInt(fraction.length)));
}
