/**
 * What may follow a model after a colon: one of a closed list.
 * - `floor`: cheapest first
 * - `nitro`: fastest first, by what this process has measured
 * - `free`: offers that are free or on trial, and no others
 * - `thinking`: reasoning is switched on; only models that can
 * - `extended`: only offers with the longest context window that the model has
 * - `exacto`: only models known to take tools and structured output, the maker's own offer first
 */
export const VARIANTS = ['floor', 'nitro', 'free', 'thinking', 'extended', 'exacto'] as const;
export type Variant = (typeof VARIANTS)[number];

const known: ReadonlySet<string> = new Set(VARIANTS);

/** Splits `author/model:floor` into name and variant; null when no variant of the list follows. */
export function splitVariant(text: string): { name: string; variant: Variant } | null {
  const colon = text.lastIndexOf(':');
  if (colon <= 0) return null;
  const suffix = text.slice(colon + 1);
  return known.has(suffix) ? { name: text.slice(0, colon), variant: suffix as Variant } : null;
}
