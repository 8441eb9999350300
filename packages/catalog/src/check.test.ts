import { describe, expect, it } from '@jest/globals';
import { checkCatalog } from './check.js';
import { loadCatalog, type Catalog } from './load-catalog.js';
import { catalogOffer } from './offer-schema.js';

const at = new Date('2026-11-20T00:00:00Z');
const catalog = loadCatalog();

/** The catalog with its first model changed by a test. */
function withFirstModel(change: (first: Catalog['models'][number]) => Catalog['models'][number]): Catalog {
  const [first, ...rest] = catalog.models;
  if (!first) throw new Error('the catalog has no models');
  return { ...catalog, models: [change(first), ...rest] };
}

describe('the catalog', () => {
  it('keeps all rules', () => {
    expect(checkCatalog(catalog, at).errors).toEqual([]);
  });

  it('has enough models, providers and models that several sell', () => {
    const { counts } = checkCatalog(catalog, at);
    expect(counts.models).toBeGreaterThanOrEqual(250);
    expect(counts.providers).toBeGreaterThanOrEqual(14);
    expect(counts.sharedModels).toBeGreaterThanOrEqual(200);
  });

  it('gives each retired model only offers that cannot be routed to', () => {
    const retired = catalog.models.filter((model) => model.status === 'retired');
    expect(retired.length).toBeGreaterThan(0);
    expect(retired.flatMap((model) => model.offers).filter((offer) => offer.status === 'active')).toEqual([]);
  });

  it('offers Responses-only models of OpenAI through Responses only', () => {
    for (const id of ['openai/gpt-5-pro', 'openai/gpt-5.1-codex', 'openai/o3-deep-research']) {
      expect(
        catalog.modelsById.get(id)?.offers.find((offer) => offer.provider === 'openai')?.endpoints,
      ).toEqual(['responses']);
    }
    expect(catalog.modelsById.get('openai/gpt-4o-mini')?.offers[0]?.endpoints).toEqual(['chat', 'responses']);
  });
});

describe('the check', () => {
  it('finds an unknown provider', () => {
    const broken = withFirstModel((model) => ({
      ...model,
      offers: model.offers.map((offer) => ({ ...offer, provider: 'nobody' })),
    }));
    expect(checkCatalog(broken, at).errors).toContainEqual(
      expect.stringContaining('names no known provider'),
    );
  });

  it('finds a model that stands twice', () => {
    const broken = { ...catalog, models: [...catalog.models, ...catalog.models.slice(0, 1)] };
    expect(checkCatalog(broken, at).errors).toContainEqual(expect.stringContaining('stands twice'));
  });

  it('finds an endpoint without a source and one that does not fit the kind', () => {
    const broken = withFirstModel((model) => ({
      ...model,
      offers: model.offers.map((offer) => ({ ...offer, endpoints: ['transcriptions', 'completions'] })),
    }));
    const { errors } = checkCatalog(broken, at);
    expect(errors).toContainEqual(expect.stringContaining('has no source for endpoint completions'));
    expect(errors).toContainEqual(expect.stringContaining('which is none for chat'));
  });

  it('finds a paid offer that costs nothing', () => {
    const broken = withFirstModel((model) => ({
      ...model,
      offers: model.offers.map((offer) => ({
        ...offer,
        billing: 'paygo' as const,
        prices: { input: '0', output: '0' },
      })),
    }));
    expect(checkCatalog(broken, at).errors).toContainEqual(
      expect.stringContaining('pay-as-you-go for nothing'),
    );
  });

  it('warns of odd ratios', () => {
    const odd = withFirstModel((model) => ({
      ...model,
      offers: model.offers.map((offer) => ({
        ...offer,
        status: 'active' as const,
        billing: 'paygo' as const,
        prices: { input: '10', output: '0.5', cacheRead: '11' },
      })),
    }));
    const { warnings } = checkCatalog(odd, at);
    expect(warnings).toContainEqual(expect.stringContaining('output costs less than a tenth of input'));
    expect(warnings).toContainEqual(expect.stringContaining('a cache read costs more than input'));
  });

  it('counts an offer as gone on its end date', () => {
    const ended = withFirstModel((model) => ({
      ...model,
      offers: model.offers.map((offer) => ({ ...offer, deprecation: { endDate: '2026-11-20' } })),
    }));
    expect(checkCatalog(ended, at).counts.soldOffers).toBeLessThan(
      checkCatalog(catalog, at).counts.soldOffers,
    );
  });

  it('refuses an unknown field, a number for a price and a negative price in the data', () => {
    const offer = {
      provider: 'x',
      providerModel: 'y',
      status: 'active',
      billing: 'paygo',
      endpoints: ['chat'],
      prices: { input: '1' },
      sources: ['s'],
    };
    expect(catalogOffer.safeParse(offer).success).toBe(true);
    expect(catalogOffer.safeParse({ ...offer, price: '1' }).success).toBe(false);
    expect(catalogOffer.safeParse({ ...offer, prices: { input: 1 } }).success).toBe(false);
    expect(catalogOffer.safeParse({ ...offer, prices: { input: '-1' } }).success).toBe(false);
    expect(catalogOffer.safeParse({ ...offer, prices: { inputs: '1' } }).success).toBe(false);
  });
});
