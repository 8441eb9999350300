import { describe, expect, it } from '@jest/globals';
import { priceTerms, type PriceVersionProjection } from '@trunkline/contracts';
import { PriceBook } from './price-book.js';

const terms = priceTerms.parse({ prices: { 'input.text': '1' } });
const version = (id: string, changes: Partial<PriceVersionProjection>): PriceVersionProjection => ({
  id,
  offerId: 'o',
  side: 'sell',
  pricePlanId: 'p',
  effectiveFromMs: 100,
  effectiveToMs: null,
  terms,
  ...changes,
});

describe('PriceBook', () => {
  const book = new PriceBook([
    version('old', { effectiveToMs: 200 }),
    version('new', { effectiveFromMs: 300 }),
    version('of another plan', { pricePlanId: 'q' }),
    version('of another offer', { offerId: 'x' }),
    version('ours', { side: 'buy', pricePlanId: null }),
  ]);
  const idAt = (...place: Parameters<PriceBook['at']>) => book.at(...place)?.id ?? null;

  it.each([
    [99, null],
    [100, 'old'],
    [199, 'old'],
    [200, null],
    [300, 'new'],
  ])('takes the version in force at %i, and none in a gap', (atMs, id) => {
    expect(idAt('o', 'sell', 'p', atMs)).toBe(id);
  });

  it('keeps offers, sides and plans apart', () => {
    expect(idAt('o', 'sell', 'q', 500)).toBe('of another plan');
    expect(idAt('x', 'sell', 'p', 500)).toBe('of another offer');
    expect(idAt('o', 'buy', null, 500)).toBe('ours');
    expect(idAt('o', 'sell', null, 500)).toBeNull();
    expect(idAt('x', 'buy', null, 500)).toBeNull();
  });
});
