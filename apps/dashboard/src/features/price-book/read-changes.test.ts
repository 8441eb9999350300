import { describe, expect, it } from '@jest/globals';
import { EXAMPLE, readChanges } from './read-changes';

describe('a file of price changes', () => {
  it('is read as an object or as a bare list, and says when each begins', () => {
    const read = readChanges(EXAMPLE);
    expect(read.kind === 'changes' ? read.changes.map(({ effectiveFrom }) => effectiveFrom) : read).toEqual([
      null,
      '2027-01-01T00:00:00Z',
      null,
    ]);
    expect(readChanges('[{"offerId":"a/b@c","prices":null}]')).toEqual({
      kind: 'changes',
      changes: [{ offerId: 'a/b@c', prices: null, effectiveFrom: null }],
    });
  });

  it.each([
    ['{', 'no JSON'],
    ['{}', 'no changes'],
    ['[]', 'no changes'],
    ['[3]', 'Change 1: an object'],
    ['[{"prices":{}}]', 'offerId'],
    ['[{"offerId":"a/b@c"}]', 'prices'],
    ['[{"offerId":"a/b@c","prices":{"input":0.3}}]', '“input” is a string'],
    ['[{"offerId":"a/b@c","prices":null},{"offerId":"a/b@c","price":null}]', 'Change 2: “price”'],
    ['[{"offerId":"a/b@c","prices":null,"effectiveFrom":5}]', 'effectiveFrom'],
  ])('is refused with a sentence: %s', (text, words) => {
    const read = readChanges(text);
    expect(read.kind === 'wrong' && read.message).toContain(words);
  });
});
