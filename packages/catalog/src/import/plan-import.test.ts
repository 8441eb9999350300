import { describe, expect, it } from '@jest/globals';
import { loadCatalog } from '../load-catalog.js';
import { offerPriceVersions } from '../price-versions.js';
import { catalogModel } from '../model-schema.js';
import { isEmptyDiff } from './diff-models.js';
import { planImport } from './plan-import.js';
import { printDiff } from './print-diff.js';
import { readImport, type WrittenModel } from './read-import.js';

const catalog = loadCatalog();
const current: readonly WrittenModel[] = catalog.models;
const today = '2026-11-21';

const written = (id: string): WrittenModel =>
  JSON.parse(JSON.stringify(catalog.modelsById.get(id))) as WrittenModel;
const plan = (models: WrittenModel[], options: { whole?: boolean; from?: string } = {}) =>
  planImport(catalog, current, models, { whole: false, from: null, today, ...options });

/** gpt-4o-mini with another price of its maker. */
function dearer(): WrittenModel {
  const model = written('openai/gpt-4o-mini');
  for (const offer of model.offers)
    if (offer.provider === 'openai') offer.prices = { ...offer.prices, input: '0.30' };
  return model;
}
const makersOffer = (models: readonly WrittenModel[]) =>
  models.find(({ id }) => id === 'openai/gpt-4o-mini')?.offers.find(({ provider }) => provider === 'openai');

describe('an import', () => {
  it('of what is there already changes nothing', () => {
    const { diff, errors, models } = plan([written('openai/gpt-4o-mini'), written('deepseek/deepseek-r1')]);
    expect(isEmptyDiff(diff)).toBe(true);
    expect(errors).toEqual([]);
    expect(models).toHaveLength(current.length);
  });

  it('shows a changed price, old and new, and marks a jump', () => {
    const { diff, errors } = plan([dearer()]);
    expect(errors).toEqual([]);
    expect(diff.changedPrices).toEqual([
      { offerId: 'openai/gpt-4o-mini@openai', field: 'input', from: '0.15', to: '0.30' },
    ]);
    expect(printDiff(diff)).toEqual([
      'prices changed (1)',
      '  openai/gpt-4o-mini@openai  input: 0.15 → 0.30 (+100.0 %) !',
    ]);
  });

  it('puts prices of a later day into the schedule, so that those of today stay until then', () => {
    const { models, errors } = plan([dearer()], { from: '2027-01-01' });
    expect(errors).toEqual([]);
    const offer = makersOffer(models);
    expect(offer).toMatchObject({
      prices: { input: '0.15' },
      schedule: [{ prices: {} }, { from: '2027-01-01', prices: { input: '0.30' } }],
    });
    const model = catalogModel.parse(models.find(({ id }) => id === 'openai/gpt-4o-mini'));
    const parsed = model.offers.find(({ provider }) => provider === 'openai');
    const versions = parsed ? offerPriceVersions(parsed) : [];
    expect(versions.map(({ effectiveFrom, terms }) => [effectiveFrom, terms.prices['input.text']])).toEqual([
      [null, '150000000'],
      [new Date('2027-01-01T00:00:00Z'), '300000000'],
    ]);
  });

  it('rewrites no past: a day that has begun is refused, and so is what has no day', () => {
    expect(plan([dearer()], { from: today }).errors).toEqual([
      `--from ${today} has begun: what was charged since cannot be rewritten`,
    ]);
    const model = dearer();
    for (const offer of model.offers)
      if (offer.provider === 'openai') offer.tiers = [{ aboveInputTokens: 64_000, prices: { input: '1' } }];
    expect(plan([model], { from: '2027-01-01' }).errors).toEqual([
      'openai/gpt-4o-mini@openai: tiers have no day of their own and change at once: leave out --from',
    ]);
  });

  it('adds models and offers, and keeps what it does not name', () => {
    const added = { ...written('openai/gpt-4o-mini'), id: 'openai/gpt-next', name: 'GPT Next' };
    added.offers = added.offers
      .slice(0, 1)
      .map((offer) => ({ ...offer, providerModel: 'gpt-next', otherNames: [] }));
    const { diff, errors, models } = plan([added]);
    expect(errors).toEqual([]);
    expect(diff).toMatchObject({ addedModels: ['openai/gpt-next'], changedPrices: [], retiredModels: [] });
    expect(models).toHaveLength(current.length + 1);
  });

  it('deprecates what is gone and deletes nothing', () => {
    const model = written('deepseek/deepseek-r1');
    const gone = model.offers.find(({ status }) => status === 'active')?.provider;
    model.offers = model.offers.filter(({ provider }) => provider !== gone);
    const { diff, models } = plan([model]);
    expect(diff.deprecatedOffers).toEqual([`deepseek/deepseek-r1@${gone}`]);
    const after = models.find(({ id }) => id === 'deepseek/deepseek-r1');
    expect(after?.offers.find(({ provider }) => provider === gone)).toMatchObject({
      status: 'deprecated',
      deprecation: { reason: `not in the import of ${today}` },
    });
  });

  it('retires what a whole catalog lacks, and is then held to the size of a catalog', () => {
    const { diff, errors } = plan([written('openai/gpt-4o-mini')], { whole: true });
    const before = catalog.models.filter(({ status }) => status !== 'retired').length;
    expect(diff.retiredModels).toHaveLength(before - 1);
    expect(errors.join()).toContain('are expected');
  });

  it('is held to the rules of the catalog as a whole', () => {
    const model = written('openai/gpt-4o-mini');
    model.offers = model.offers.map((offer) => ({ ...offer, provider: `${offer.provider}-x` }));
    const { errors } = plan([model]);
    expect(errors.some((text) => text.includes('names no known provider'))).toBe(true);
  });
});

describe('a file to import', () => {
  const problemsOf = (text: string) => {
    const reading = readImport(text);
    return reading.kind === 'invalid' ? reading.problems : [];
  };

  it('is read as it is written', () => {
    const text = JSON.stringify([written('openai/gpt-4o-mini')]);
    expect(readImport(text)).toEqual({ kind: 'read', models: JSON.parse(text) });
  });

  it('is refused with the model and the field at fault', () => {
    const model = written('openai/gpt-4o-mini');
    const broken = { ...model, offers: [{ ...model.offers[0], prices: { input: 0.15, outptu: '1' } }] };
    expect(problemsOf(JSON.stringify([broken]))).toEqual([
      expect.stringContaining('openai/gpt-4o-mini.offers.0.prices.input'),
      expect.stringContaining('openai/gpt-4o-mini.offers.0.prices'),
    ]);
    expect(problemsOf('{')).toEqual([expect.stringContaining('is no JSON')]);
    expect(problemsOf('{}')).toHaveLength(1);
  });

  it('has each model once, and each provider of a model', () => {
    const model = written('openai/gpt-4o-mini');
    expect(problemsOf(JSON.stringify([model, model]))).toEqual(['openai/gpt-4o-mini: stands twice']);
    const twice = { ...model, offers: [...model.offers, model.offers[0]] };
    expect(problemsOf(JSON.stringify([twice]))).toEqual([
      `openai/gpt-4o-mini: ${model.offers[0]?.provider} offers it twice`,
    ]);
  });
});
