/** JSON with keys in order: Postgres gives `jsonb` back in an order of its own. */
export function stableJson(value: unknown): string {
  return JSON.stringify(value, (_, item: unknown) => {
    if (typeof item !== 'object' || item === null || Array.isArray(item)) return item;
    return Object.fromEntries(Object.entries(item).toSorted(([left], [right]) => (left < right ? -1 : 1)));
  });
}

/** What differs between the rows that are there and those that there should be. */
export function differences<Row>(
  existing: readonly Row[],
  wanted: readonly Row[],
  idOf: (row: Row) => string,
) {
  const before = new Map(existing.map((row) => [idOf(row), row]));
  const after = new Set(wanted.map(idOf));
  return {
    added: wanted.filter((row) => !before.has(idOf(row))),
    changed: wanted.filter((row) => {
      const old = before.get(idOf(row));
      return old !== undefined && stableJson(old) !== stableJson(row);
    }),
    gone: existing.filter((row) => !after.has(idOf(row))),
  };
}
