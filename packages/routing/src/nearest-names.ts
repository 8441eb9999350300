import type { RoutingCatalog } from './catalog-view.js';

/** A name longer than this is no typing error of ours. */
const MAX_CHARACTERS = 120;
/** Share of letter pairs that two names must have in common. */
const MIN_LIKENESS = 0.4;

interface Spelling {
  readonly name: string;
  readonly modelId: string;
  readonly pairs: ReadonlySet<string>;
}

const spellings = new WeakMap<RoutingCatalog['models'], Spelling[]>();

/**
 * The ids of the models whose id or name looks most like the text, best first. Likeness is Dice's coefficient over
 * pairs of letters. https://en.wikipedia.org/wiki/Dice-S%C3%B8rensen_coefficient
 */
export function nearestNames(
  catalog: RoutingCatalog,
  text: string,
  isServed: (modelId: string) => boolean,
  count = 3,
): string[] {
  if (text.length > MAX_CHARACTERS) return [];
  const wanted = letterPairs(text);
  const best = new Map<string, number>();
  for (const spelling of spellingsOf(catalog)) {
    const likeness = diceLikeness(wanted, spelling.pairs);
    if (likeness >= MIN_LIKENESS && likeness > (best.get(spelling.modelId) ?? 0))
      best.set(spelling.modelId, likeness);
  }
  return [...best]
    .sort((left, right) => right[1] - left[1] || (left[0] < right[0] ? -1 : 1))
    .map(([modelId]) => modelId)
    .filter(isServed)
    .slice(0, count);
}

function spellingsOf(catalog: RoutingCatalog): Spelling[] {
  let list = spellings.get(catalog.models);
  if (!list) {
    list = [];
    for (const id of catalog.models.keys()) list.push({ name: id, modelId: id, pairs: letterPairs(id) });
    for (const { name, modelId } of catalog.names.values())
      list.push({ name, modelId, pairs: letterPairs(name) });
    spellings.set(catalog.models, list);
  }
  return list;
}

function letterPairs(text: string): Set<string> {
  const lower = text.toLowerCase();
  const pairs = new Set<string>();
  for (let index = 0; index < lower.length - 1; index += 1) pairs.add(lower.slice(index, index + 2));
  return pairs;
}

function diceLikeness(left: ReadonlySet<string>, right: ReadonlySet<string>): number {
  let shared = 0;
  for (const pair of left) if (right.has(pair)) shared += 1;
  const total = left.size + right.size;
  return total === 0 ? 0 : (2 * shared) / total;
}
