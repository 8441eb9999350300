import { isDeepStrictEqual } from 'node:util';

/** What differs between the rows that are there and those that there should be; the order of keys is nothing. */
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
      return old !== undefined && !isDeepStrictEqual(old, row);
    }),
    gone: existing.filter((row) => !after.has(idOf(row))),
  };
}
