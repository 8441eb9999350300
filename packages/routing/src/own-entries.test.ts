import { describe, expect, it } from '@jest/globals';
import { planRoute, type PlanInput } from './plan-route.js';
import { NO_PREFERENCES, readPreferences } from './provider-preferences.js';
import { smallCatalog } from './testing/small-catalog.js';

const MINE = { organizationId: 'organization' };
const OFFERS = [
  { model: 'maker/one', provider: 'maker', inputUsd: 1, outputUsd: 1 },
  { model: 'maker/one', provider: 'host', inputUsd: 9, outputUsd: 9 },
];

function plan(
  requested: string | string[],
  { entries = [], pricedUnlisted = [] }: Partial<Parameters<typeof smallCatalog>[0]>,
  changes: Partial<PlanInput> = {},
) {
  const { catalog, index } = smallCatalog({
    models: [{ id: 'maker/one' }],
    offers: OFFERS,
    providers: ['maker', 'host'],
    entries,
    pricedUnlisted,
  });
  return planRoute({
    catalog,
    index,
    requested: [requested].flat(),
    needs: {
      ...{ tools: false, images: true, audio: false, files: false, jsonSchema: false },
      ...{ promptTokens: 1_000, outputTokenLimit: null },
    },
    preferences: NO_PREFERENCES,
    pricePlanId: 'standard',
    allowedModels: [],
    atMs: 0,
    promptTokensFor: (_model, tokens) => tokens,
    unsupported: () => [],
    speedOf: () => null,
    ...changes,
  });
}

const TEXT = {
  needs: {
    ...{ tools: false, images: false, audio: false, files: false, jsonSchema: false },
    ...{ promptTokens: 1_000, outputTokenLimit: null },
  },
};

function targetsOf(result: ReturnType<typeof plan>) {
  if (result.kind !== 'planned') throw new Error(JSON.stringify(result));
  return result.plan.targets;
}
const ways = (result: ReturnType<typeof plan>) =>
  targetsOf(result).map(({ entry, reason }) => `${entry.id}: ${reason}`);

describe('own credentials', () => {
  it('come before the platform’s, however dear, and say so', () => {
    const result = plan('maker/one', { entries: [{ providerId: 'host', ...MINE }] }, TEXT);
    expect(ways(result)).toEqual([
      'own-host: own key',
      "entry-maker: the maker's own offer",
      'entry-host: expected price',
    ]);
  });

  it('cost the plan’s fee and nothing else', () => {
    const own = { entries: [{ providerId: 'host', ...MINE }] };
    const [free] = targetsOf(plan('maker/one', own, TEXT));
    expect(free).toMatchObject({ ownKey: true, expectedCostNanoUsd: 0n });
    const [withFee] = targetsOf(plan('maker/one', own, { ...TEXT, ownKeyFeePpm: 50_000 }));
    const [platform] = targetsOf(plan('maker/one', {}, { ...TEXT, preferences: only('host') }));
    expect(withFee?.expectedCostNanoUsd).toBe((platform?.expectedCostNanoUsd ?? 0n) / 20n);
  });

  it('are alone where the entry says so, also before other providers of the model', () => {
    const result = plan('maker/one', { entries: [{ providerId: 'host', mode: 'only', ...MINE }] }, TEXT);
    expect(ways(result)).toEqual(['own-host: own key']);
    expect(result).toMatchObject({
      plan: { leftOut: expect.arrayContaining([expect.objectContaining({ reason: 'own_only' })]) },
    });
  });

  it('leave the platform’s to a caller who names another provider', () => {
    const own = { entries: [{ providerId: 'host', mode: 'only' as const, ...MINE }] };
    expect(ways(plan('maker:maker/one', own, TEXT))).toEqual(["entry-maker: the maker's own offer"]);
  });

  it('are ruled out by preferences like all others', () => {
    const own = { entries: [{ providerId: 'host', ...MINE }] };
    expect(ways(plan('maker/one', own, { ...TEXT, preferences: only('maker') }))).toEqual([
      "entry-maker: the maker's own offer",
    ]);
  });

  it('take turns in a pool', () => {
    const credentials = ['a', 'b', 'c'].map((id) => ({ id, ciphertext: '' }));
    const own = { entries: [{ providerId: 'host', mode: 'only' as const, credentials, ...MINE }] };
    const order = (spread: number) =>
      targetsOf(plan('maker/one', own, { ...TEXT, spread })).map(({ credentialId }) => credentialId);
    expect(order(0)).toEqual(['a', 'b', 'c']);
    expect(order(0.5)).toEqual(['b', 'c', 'a']);
    expect(order(0.99)).toEqual(['c', 'a', 'b']);
  });
});

describe('unlisted models', () => {
  const open = { entries: [{ providerId: 'acme', unlistedModels: true, organizationId: null }] };
  const priced = { ...open, pricedUnlisted: ['acme'] };

  it.each([
    ['acme/anything', 'anything'],
    ['acme:anything', 'anything'],
    ['acme/case;opt=1:weird', 'case;opt=1:weird'],
    ['acme:case;opt=1:weird', 'case;opt=1:weird'],
    ['acme/org/name:free', 'org/name:free'],
    ['acme/host:one', 'host:one'],
    ['acme/maker/one', 'maker/one'],
    ['acme/ ümläut ', ' ümläut '],
    ['acme/*', '*'],
  ])('%s sends %s', (requested, sent) => {
    const [target, ...others] = targetsOf(plan(requested, priced));
    expect(others).toEqual([]);
    expect(target).toMatchObject({
      providerModel: sent,
      model: { id: `acme/${sent}` },
      offer: { id: 'acme/*@acme' },
      sellPrice: { id: 'price of acme/*@acme' },
    });
  });

  it('are each a target of their own where several are named', () => {
    const result = plan(['acme/first', 'acme/second', 'acme/first'], priced);
    expect(targetsOf(result).map(({ providerModel }) => providerModel)).toEqual(['first', 'second']);
  });

  it('need a price, unless the credential is the caller’s own', () => {
    expect(plan('acme/anything', open)).toMatchObject({
      kind: 'no_target',
      leftOut: [{ reason: 'unpriced' }],
    });
    const own = { entries: [{ providerId: 'acme', unlistedModels: true, ...MINE }] };
    const [target] = targetsOf(plan('acme/anything', own));
    expect(target).toMatchObject({ ownKey: true, sellPrice: null, expectedCostNanoUsd: 0n });
  });

  it('are taken by entries that allow them and by no others of the provider', () => {
    const own = { entries: [{ providerId: 'host', unlistedModels: true, ...MINE }] };
    expect(ways(plan('host/new-model', own))).toEqual(['own-host: own key']);
    expect(plan('maker/new-model', own)).toMatchObject({ kind: 'unknown_model' });
    expect(plan('acme/', priced)).toMatchObject({ kind: 'unknown_model' });
  });

  it('do not hide what the catalog lists', () => {
    const own = { entries: [{ providerId: 'maker', unlistedModels: true, ...MINE }] };
    const [target] = targetsOf(plan('maker/one', own, TEXT));
    expect(target).toMatchObject({ providerModel: 'one', offer: { id: 'maker/one@maker' } });
  });

  it('are allowed to a key by name, or all together', () => {
    const allowed = (...allowedModels: string[]) => plan('acme/x', priced, { allowedModels }).kind;
    expect(allowed('acme/x')).toBe('planned');
    expect(allowed('acme/*')).toBe('planned');
    expect(allowed('maker/one')).toBe('not_allowed');
  });
});

function only(provider: string) {
  const reading = readPreferences({ only: [provider] });
  if (reading.kind !== 'read') throw new Error(reading.message);
  return reading.preferences;
}
