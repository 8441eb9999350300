import { describe, expect, it } from '@jest/globals';
import { priceTerms } from '@trunkline/contracts';
import { forecastUsage, inPricedMeasures } from './priced-measures.js';

const terms = (prices: Record<string, string>) => priceTerms.parse({ prices });

describe('inPricedMeasures', () => {
  const usage = { 'input.text': 10, 'output.image': 1_056, images: 1 };

  it('keeps tokens where tokens have a price, and pieces where pieces have', () => {
    expect(inPricedMeasures(usage, terms({ 'input.text': '5000000000', 'output.image': '4' }))).toEqual({
      'input.text': 10,
      'output.image': 1_056,
    });
    expect(inPricedMeasures(usage, terms({ images: '40000000000000' }))).toEqual({ images: 1 });
  });

  it('keeps a token bucket without a price beside one that has one, so that it shows', () => {
    expect(inPricedMeasures(usage, terms({ 'input.text': '5' }))).toHaveProperty(['output.image']);
  });

  it('keeps everything where nothing has a price', () => {
    expect(inPricedMeasures(usage, terms({ seconds_in: '1' }))).toEqual(usage);
  });
});

describe('forecastUsage', () => {
  it('is what the priced measures cost, all of it before the answer', () => {
    const perImage = terms({ images: '40000000000000' });
    expect(forecastUsage(perImage, { 'input.text': 9, images: 2 }, 0)).toEqual({
      promptCostNanoUsd: 80_000_000n,
      outputNanoUsdPerMillion: 0n,
    });
  });

  it('is null where no measure has a price', () => {
    expect(forecastUsage(terms({ 'output.text': '1' }), { images: 2 }, 0)).toBeNull();
    expect(forecastUsage(terms({ images: '0' }), { images: 2 }, 0)?.promptCostNanoUsd).toBe(0n);
  });
});
