import { isDeepStrictEqual } from 'node:util';

/** A price as it should hold from a moment on; null is "since ever". */
export interface WantedPrice<Terms> {
  effectiveFrom: Date | null;
  terms: Terms;
}

/** A version as it is stored. */
export interface StoredPrice<Terms> {
  id: string;
  effectiveFrom: Date;
  effectiveTo: Date | null;
  terms: Terms;
}

export interface PricePlanChange<Terms> {
  create: { effectiveFrom: Date; effectiveTo: Date | null; terms: Terms }[];
  /** Versions that end at another moment than they were to. */
  end: { id: string; effectiveTo: Date | null }[];
  /** Versions that never took effect and no longer will. */
  drop: string[];
}

/**
 * What to change so that an offer's prices are those wanted: a new version only where a price changed, from now on; past
 * versions stay as they are, since charges pin them.
 */
export function planPriceVersions<Terms>(
  stored: readonly StoredPrice<Terms>[],
  wanted: readonly WantedPrice<Terms>[],
  now: Date,
): PricePlanChange<Terms> {
  const change: PricePlanChange<Terms> = { create: [], end: [], drop: [] };
  const present = wanted.findLast(({ effectiveFrom }) => effectiveFrom === null || effectiveFrom <= now);
  const coming = wanted.flatMap(({ effectiveFrom, terms }) =>
    effectiveFrom !== null && effectiveFrom > now ? [{ effectiveFrom, terms }] : [],
  );
  const current = stored.find(
    (row) => row.effectiveFrom <= now && (row.effectiveTo === null || row.effectiveTo > now),
  );
  const future = stored.filter((row) => row.effectiveFrom > now);

  const kept = new Set<string>();
  coming.forEach(({ effectiveFrom, terms }, index) => {
    const effectiveTo = coming[index + 1]?.effectiveFrom ?? null;
    const same = future.find(
      (row) => +row.effectiveFrom === +effectiveFrom && isDeepStrictEqual(row.terms, terms),
    );
    if (!same) return change.create.push({ effectiveFrom, effectiveTo, terms });
    kept.add(same.id);
    return endAt(change, same, effectiveTo);
  });
  change.drop.push(...future.filter(({ id }) => !kept.has(id)).map(({ id }) => id));

  const presentEnds = coming[0]?.effectiveFrom ?? null;
  if (current && present && isDeepStrictEqual(current.terms, present.terms)) {
    endAt(change, current, presentEnds);
    return change;
  }
  if (current) endAt(change, current, now);
  if (present) {
    const effectiveFrom = stored.length === 0 ? startFor(present.effectiveFrom, now) : now;
    change.create.push({ effectiveFrom, effectiveTo: presentEnds, terms: present.terms });
  }
  return change;
}

/** The first version holds from midnight on, so that no clock is behind it. */
function startFor(effectiveFrom: Date | null, now: Date): Date {
  const midnight = new Date(Math.floor(now.getTime() / 86_400_000) * 86_400_000);
  return effectiveFrom !== null && effectiveFrom < midnight ? effectiveFrom : midnight;
}

function endAt<Terms>(
  change: PricePlanChange<Terms>,
  row: StoredPrice<Terms>,
  effectiveTo: Date | null,
): void {
  if (row.effectiveTo?.getTime() !== effectiveTo?.getTime()) change.end.push({ id: row.id, effectiveTo });
}
