import type { PriceChange } from './api/price-book';

export type ReadChanges =
  | { readonly kind: 'changes'; readonly changes: readonly PriceChange[] }
  | { readonly kind: 'wrong'; readonly message: string };

/** What a file looks like: also what the empty editor shows. */
export const EXAMPLE = JSON.stringify(
  {
    changes: [
      { offerId: 'openai/gpt-4o-mini@openai', prices: { input: '0.15', output: '0.60' } },
      {
        offerId: 'deepseek/deepseek-v3.2@deepseek',
        prices: { input: '0.28' },
        effectiveFrom: '2027-01-01T00:00:00Z',
      },
      { offerId: 'anthropic/claude-haiku-4.5@anthropic', prices: null },
    ],
  },
  null,
  2,
);

/** Reads the shape of a file of changes; whether its offers and prices can be is the control plane's to say. */
export function readChanges(text: string): ReadChanges {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return {
      kind: 'wrong',
      message: `This is no JSON: ${error instanceof Error ? error.message : 'unreadable'}`,
    };
  }
  const list: unknown = Array.isArray(value) ? value : isObject(value) ? value['changes'] : undefined;
  if (!Array.isArray(list) || list.length === 0)
    return {
      kind: 'wrong',
      message: 'There are no changes in it: a list is wanted, or an object with “changes”.',
    };
  const changes: PriceChange[] = [];
  for (const [index, one] of (list as unknown[]).entries()) {
    const read = readChange(one);
    if (typeof read === 'string') return { kind: 'wrong', message: `Change ${index + 1}: ${read}` };
    changes.push(read);
  }
  return { kind: 'changes', changes };
}

function readChange(value: unknown): PriceChange | string {
  if (!isObject(value)) return 'an object is wanted.';
  const { offerId, prices, effectiveFrom = null, ...others } = value;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) return `“${unknown}” is nothing that is known here.`;
  if (typeof offerId !== 'string') return '“offerId” is missing: model@provider.';
  if (effectiveFrom !== null && typeof effectiveFrom !== 'string')
    return '“effectiveFrom” is a time in ISO 8601.';
  if (prices === null) return { offerId, prices, effectiveFrom };
  if (!isObject(prices)) return '“prices” is missing: an object of prices, or null for the catalog’s.';
  const wrong = Object.entries(prices).find(([, price]) => typeof price !== 'string');
  if (wrong) return `the price “${wrong[0]}” is a string of US dollars, such as "0.15".`;
  return { offerId, prices: prices as Record<string, string>, effectiveFrom };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
