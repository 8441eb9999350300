/** `0.5..`, `..2` or `0.5..2`: a lower bound, an upper bound or both, as it stands in the URL. */
export interface Bounds {
  min: string | null;
  max: string | null;
}

const NUMBER = /^\d+(?:\.\d+)?$/;

export function readBounds(text: string): Bounds {
  const [min = '', max = ''] = text.split('..');
  return { min: NUMBER.test(min) ? min : null, max: NUMBER.test(max) ? max : null };
}

/**
 * What a person types: `>2`, `<0.5`, `1..3`, or `2`, which means "at least". A `$` and the unit behind the number are
 * read over; seconds become milliseconds.
 * @returns the bounds as text, or null when it is none
 */
export function typedBounds(typed: string, inMilliseconds: boolean): string | null {
  const match = /^(>=?|<=?|)\s*\$?(\d+(?:\.\d+)?)\s*(ms|s)?(?:\.\.\$?(\d+(?:\.\d+)?)\s*(ms|s)?)?$/i.exec(
    typed.trim(),
  );
  if (!match) return null;
  const [, sign = '', first = '', firstUnit, second, secondUnit] = match;
  const from = scaled(first, inMilliseconds && firstUnit?.toLowerCase() === 's');
  if (from === null) return null;
  if (second !== undefined) {
    const to = scaled(second, inMilliseconds && secondUnit?.toLowerCase() === 's');
    return to === null ? null : `${from}..${to}`;
  }
  return sign.startsWith('<') ? `..${from}` : `${from}..`;
}

function scaled(digits: string, isSeconds: boolean): string | null {
  if (!NUMBER.test(digits)) return null;
  return isSeconds ? String(Math.round(Number(digits) * 1_000)) : digits;
}

/** `≥ 2 s`, `≤ $0.5`, `1 – 3`. */
export function sayBounds(text: string, say: (value: string) => string): string {
  const { min, max } = readBounds(text);
  if (min !== null && max !== null) return `${say(min)} – ${say(max)}`;
  if (min !== null) return `≥ ${say(min)}`;
  return max === null ? text : `≤ ${say(max)}`;
}
