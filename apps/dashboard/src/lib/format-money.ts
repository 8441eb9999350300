import { formatUsd, parseUsd } from '@trunkline/contracts/money';

/** All digits of an amount, for titles and exact figures: `$0.000150300`. */
export function exactUsd(nanoUsd: string | bigint): string {
  const amount = BigInt(nanoUsd);
  return amount < 0n ? `−$${withCents(formatUsd(-amount))}` : `$${withCents(formatUsd(amount))}`;
}

/**
 * As many digits as matter: cents from a dollar up, else three significant digits.
 * `$12.40`, `$0.0215`, `$0.0000151`, `$0`.
 */
export function shortUsd(nanoUsd: string | bigint): string {
  const amount = BigInt(nanoUsd);
  if (amount === 0n) return '$0';
  const sign = amount < 0n ? '−' : '';
  const absolute = amount < 0n ? -amount : amount;
  if (absolute >= 1_000_000_000n) {
    const cents = (absolute + 5_000_000n) / 10_000_000n;
    const dollars = (cents / 100n).toString().replace(/\B(?=(\d{3})+(?!\d))/g, ',');
    return `${sign}$${dollars}.${(cents % 100n).toString().padStart(2, '0')}`;
  }
  const digits = absolute.toString();
  const cut = 10n ** BigInt(Math.max(0, digits.length - 3));
  return `${sign}$${withCents(formatUsd(((absolute + cut / 2n) / cut) * cut))}`;
}

/** At least two digits behind the point: `0.6` → `0.60`. */
function withCents(text: string): string {
  const [whole, fraction = ''] = text.split('.');
  return `${whole}.${fraction.padEnd(2, '0')}`;
}

/** Reads what a person typed into nano-USD; null when it is not an amount. */
export function readUsd(text: string): bigint | null {
  try {
    return parseUsd(text.trim().replace(/^\$/, '').replaceAll(',', ''));
  } catch {
    return null;
  }
}
