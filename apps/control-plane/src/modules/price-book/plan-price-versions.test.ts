import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { planPriceVersions, type StoredPrice, type WantedPrice } from './plan-price-versions.js';

type Terms = { input: string };
const DAY = 86_400_000;
const NOW = new Date('2026-11-21T13:00:00Z');
const day = (offset: number) => new Date(Math.floor(NOW.getTime() / DAY) * DAY + offset * DAY);
const terms = (input: number): Terms => ({ input: String(input) });

/** Makes the change, as the database would. */
function apply(stored: readonly StoredPrice<Terms>[], wanted: readonly WantedPrice<Terms>[], now: Date) {
  const change = planPriceVersions(stored, wanted, now);
  const ends = new Map(change.end.map(({ id, effectiveTo }) => [id, effectiveTo]));
  const kept = stored
    .filter(({ id }) => !change.drop.includes(id))
    .map((row) => (ends.has(row.id) ? { ...row, effectiveTo: ends.get(row.id) ?? null } : row));
  const created = change.create.map((row, index) => ({ id: `${now.getTime()}-${index}`, ...row }));
  const rows = [...kept, ...created].toSorted((left, right) => +left.effectiveFrom - +right.effectiveFrom);
  return { change, rows };
}

const at = (rows: readonly StoredPrice<Terms>[], moment: Date) =>
  rows.filter((row) => row.effectiveFrom <= moment && (row.effectiveTo === null || row.effectiveTo > moment));

describe('planning price versions', () => {
  it('lets a first price hold from midnight, so that no clock is behind it', () => {
    const { rows } = apply([], [{ effectiveFrom: null, terms: terms(1) }], NOW);
    expect(rows).toMatchObject([{ effectiveFrom: day(0), effectiveTo: null, terms: { input: '1' } }]);
  });

  it('changes nothing while nothing changed', () => {
    const wanted = [
      { effectiveFrom: null, terms: terms(1) },
      { effectiveFrom: day(9), terms: terms(2) },
    ];
    const { rows } = apply([], wanted, NOW);
    for (const later of [0, 1, 8, 9, 10, 400]) {
      const { change } = apply(rows, wanted, new Date(NOW.getTime() + later * DAY));
      expect(change).toEqual({ create: [], end: [], drop: [] });
    }
  });

  it('ends a price when another takes its place, and keeps what it was', () => {
    const first = apply([], [{ effectiveFrom: null, terms: terms(1) }], NOW).rows;
    const later = new Date(NOW.getTime() + DAY);
    const { rows } = apply(first, [{ effectiveFrom: null, terms: terms(2) }], later);
    expect(rows).toMatchObject([
      { terms: { input: '1' }, effectiveTo: later },
      { terms: { input: '2' }, effectiveFrom: later, effectiveTo: null },
    ]);
  });

  it('drops an announced price that will not come after all', () => {
    const announced = [
      { effectiveFrom: null, terms: terms(1) },
      { effectiveFrom: day(9), terms: terms(2) },
    ];
    const { rows } = apply(apply([], announced, NOW).rows, announced.slice(0, 1), NOW);
    expect(rows).toMatchObject([{ terms: { input: '1' }, effectiveTo: null }]);
  });

  it('ends an offer that is sold no more', () => {
    const { rows } = apply(apply([], [{ effectiveFrom: null, terms: terms(1) }], NOW).rows, [], NOW);
    expect(rows).toMatchObject([{ effectiveTo: NOW }]);
  });

  it('has exactly the wanted price at every moment from now on, and rewrites no past one', () => {
    const wish = fc
      .array(
        fc.record({ offset: fc.integer({ min: -30, max: 30 }), price: fc.integer({ min: 1, max: 3 }) }),
        { maxLength: 3 },
      )
      .map((rows) => [
        { effectiveFrom: null, terms: terms(9) },
        ...[...new Map(rows.map((row) => [row.offset, row])).values()]
          .toSorted((left, right) => left.offset - right.offset)
          .map(({ offset, price }) => ({ effectiveFrom: day(offset), terms: terms(price) })),
      ]);
    fc.assert(
      fc.property(fc.array(wish, { minLength: 1, maxLength: 4 }), (wishes) => {
        let rows: StoredPrice<Terms>[] = [];
        wishes.forEach((wanted, round) => {
          const now = new Date(NOW.getTime() + round * DAY * 5);
          const before = rows;
          rows = apply(rows, wanted, now).rows;
          for (let offset = 0; offset <= 40; offset++) {
            const moment = new Date(now.getTime() + offset * DAY);
            const expected = wanted.findLast(
              (row) => row.effectiveFrom === null || row.effectiveFrom <= moment,
            );
            expect(at(rows, moment).map((row) => row.terms)).toEqual([expected?.terms]);
            const past = new Date(now.getTime() - offset * DAY - 1);
            expect(at(rows, past)).toHaveLength(at(before, past).length || at(rows, past).length);
            for (const old of at(before, past)) expect(at(rows, past)).toMatchObject([{ terms: old.terms }]);
          }
        });
      }),
      { numRuns: 200 },
    );
  });
});
