import { parseUsdPerMillion } from '../decimal-price.js';
import type { CatalogDiff, PriceChange } from './diff-models.js';

/** Prints a diff a line per change, in the order in which a reviewer wants it: money first. */
export function printDiff(diff: CatalogDiff): string[] {
  const part = <Row>(title: string, rows: readonly Row[], line: (row: Row) => string) =>
    rows.length === 0 ? [] : [`${title} (${rows.length})`, ...rows.map((row) => `  ${line(row)}`)];
  const name = (id: string) => id;
  return [
    ...part('prices changed', diff.changedPrices, priceLine),
    ...part('models added', diff.addedModels, name),
    ...part('offers added', diff.addedOffers, name),
    ...part('offers deprecated', diff.deprecatedOffers, name),
    ...part('models retired', diff.retiredModels, name),
    ...part(
      'facts changed',
      diff.changedFields,
      ({ id, field, from, to }) => `${id}  ${field}: ${from} → ${to}`,
    ),
  ];
}

function priceLine({ offerId, field, from, to }: PriceChange): string {
  return `${offerId}  ${field}: ${from ?? 'none'} → ${to ?? 'none'}${shareOf(from, to)}`;
}

/** By how much, in percent; a change of more than half is marked, since it is more often a slip than a price. */
function shareOf(from: string | null, to: string | null): string {
  if (from === null || to === null) return '';
  const [before, after] = [parseUsdPerMillion(from), parseUsdPerMillion(to)];
  if (before === 0n) return '';
  const permille = Number(((after - before) * 1000n) / before);
  const sign = permille > 0 ? '+' : '';
  return ` (${sign}${(permille / 10).toFixed(1)} %)${Math.abs(permille) > 500 ? ' !' : ''}`;
}
