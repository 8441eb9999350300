import { describe, expect, it } from '@jest/globals';
import { priceTerms } from '@trunkline/contracts';
import { loadCatalog } from './load-catalog.js';
import { offerPriceLines } from './offer-prices.js';
import type { CatalogOffer } from './offer-schema.js';
import { offerPriceVersions } from './price-versions.js';

const catalog = loadCatalog();

function offerOf(modelId: string, provider: string): CatalogOffer {
  const offer = catalog.modelsById.get(modelId)?.offers.find((row) => row.provider === provider);
  if (!offer) throw new Error(`no offer ${modelId}@${provider}`);
  return offer;
}

/** A stated offer, to be varied by a test. */
const plain: CatalogOffer = {
  ...offerOf('openai/gpt-4o-mini', 'openai'),
  prices: { input: '1', output: '4', cacheRead: '0.1' },
};

describe('price versions of an offer', () => {
  it('states each price as a line in its bucket', () => {
    expect(offerPriceLines(offerOf('openai/gpt-4o-mini', 'openai'), new Date('2026-11-20'))).toEqual([
      { field: 'input', bucket: 'input.text', nanoUsdPerMillion: 150_000_000n },
      { field: 'output', bucket: 'output.text', nanoUsdPerMillion: 600_000_000n },
      { field: 'cacheRead', bucket: 'cache_read.text', nanoUsdPerMillion: 75_000_000n },
      { field: 'perQuery', bucket: 'queries', nanoUsdPerMillion: 2_500_000_000_000n },
      { field: 'perWebSearch', bucket: 'searches', nanoUsdPerMillion: 10_000_000_000_000n },
      { field: 'perCodeSession', bucket: 'code_sessions', nanoUsdPerMillion: 30_000_000_000_000n },
    ]);
  });

  it('satisfies the contract for every offer', () => {
    for (const model of catalog.models) {
      for (const offer of model.offers) {
        for (const { terms } of offerPriceVersions(offer))
          expect(priceTerms.safeParse(terms).success).toBe(true);
      }
    }
  });

  it('makes a version of each announced price, from 00:00 UTC of its day', () => {
    const offer: CatalogOffer = {
      ...plain,
      schedule: [
        { from: null, prices: { input: '1' } },
        { from: '2027-01-01', prices: { input: '2' } },
      ],
    };
    const [now, later, ...rest] = offerPriceVersions(offer);
    expect(rest).toEqual([]);
    expect(now).toMatchObject({ effectiveFrom: null, terms: { prices: { 'input.text': '1000000000' } } });
    expect(later).toMatchObject({
      effectiveFrom: new Date('2027-01-01T00:00:00Z'),
      terms: {
        prices: {
          'input.text': '2000000000',
          'cache_write_5m.text': '2000000000',
          'output.text': '4000000000',
        },
      },
    });
    const inputAt = (at: string) => offerPriceLines(offer, new Date(at))[0]?.nanoUsdPerMillion;
    expect(inputAt('2026-12-31T23:59:59.999Z')).toBe(1_000_000_000n);
    expect(inputAt('2027-01-01T00:00:00Z')).toBe(2_000_000_000n);
  });

  it('lets derived prices of a tier follow the tier, and stated base prices stand', () => {
    const [version] = offerPriceVersions({
      ...plain,
      tiers: [{ aboveInputTokens: 200_000, prices: { input: '2', output: '6' } }],
    });
    const tier = version?.terms.tiers[0]?.prices ?? {};
    expect(tier['cache_write_1h.text']).toBe('2000000000');
    expect(tier['reasoning.text']).toBe('6000000000');
    expect(tier['cache_read.text']).toBeUndefined();
  });

  it('turns peak hours into the cheaper hours around them', () => {
    const [version] = offerPriceVersions(offerOf('deepseek/deepseek-v4.1-flash', 'deepseek'));
    const weekdays = [1, 2, 3, 4, 5];
    expect(version?.terms.hours).toEqual([
      { fromMinute: 0, toMinute: 60, days: weekdays, factorPpm: 500_000 },
      { fromMinute: 240, toMinute: 360, days: weekdays, factorPpm: 500_000 },
      { fromMinute: 600, toMinute: 1440, days: weekdays, factorPpm: 500_000 },
      { fromMinute: 0, toMinute: 1440, days: [0, 6], factorPpm: 500_000 },
    ]);
  });
});
