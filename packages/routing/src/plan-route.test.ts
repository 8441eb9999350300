import { describe, expect, it } from '@jest/globals';
import { planRoute, type PlanInput } from './plan-route.js';
import {
  NO_PREFERENCES,
  readPreferences,
  type ReadPreferences,
  type WrittenPreferences,
} from './provider-preferences.js';
import { smallCatalog } from './testing/small-catalog.js';

const { catalog, index } = smallCatalog({
  models: [
    { id: 'acme/one', capabilities: { tools: true, structured_outputs: true, reasoning: false } },
    { id: 'acme/text-only', capabilities: { tools: false } },
    { id: 'acme/sees', inputModalities: ['text', 'image'], capabilities: { reasoning: true } },
    { id: 'acme/nowhere' },
  ],
  offers: [
    { model: 'acme/one', provider: 'acme', inputUsd: 3, outputUsd: 9 },
    { model: 'acme/one', provider: 'cheap', inputUsd: 1, outputUsd: 1, contextWindow: 8_000 },
    { model: 'acme/one', provider: 'middle', inputUsd: 2, outputUsd: 2, contextWindow: 256_000 },
    { model: 'acme/one', provider: 'gift', billing: 'free', inputUsd: 0, outputUsd: 0 },
    { model: 'acme/one', provider: 'gone', status: 'deprecated' },
    { model: 'acme/one', provider: 'nokey' },
    { model: 'acme/one', provider: 'noprice', unpriced: true },
    { model: 'acme/one', provider: 'embedder', endpoints: ['embeddings'] },
    { model: 'acme/text-only', provider: 'acme' },
    { model: 'acme/sees', provider: 'middle' },
    { model: 'acme/nowhere', provider: 'nokey' },
  ],
  providers: ['acme', 'cheap', 'middle', 'gift', 'gone', 'noprice', 'embedder'],
});

const needs = {
  tools: false,
  images: false,
  audio: false,
  files: false,
  jsonSchema: false,
  promptTokens: 1_000,
  outputTokenLimit: null,
};

function plan(requested: string | string[], changes: Partial<PlanInput> = {}) {
  return planRoute({
    catalog,
    index,
    requested: [requested].flat(),
    needs,
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

function providers(requested: string | string[], changes: Partial<PlanInput> = {}): string[] | string {
  const result = plan(requested, changes);
  return result.kind === 'planned' ? result.plan.targets.map(({ offer }) => offer.providerId) : result.kind;
}

function wishes(written: WrittenPreferences): { preferences: ReadPreferences } {
  const reading = readPreferences(written);
  if (reading.kind === 'invalid') throw new Error(reading.message);
  return { preferences: reading.preferences };
}

describe('planRoute', () => {
  it("puts the maker's own offer first, then the cheaper ones", () => {
    expect(providers('acme/one')).toEqual(['acme', 'cheap', 'middle']);
  });

  it('says why each target stands there and why the others do not', () => {
    const result = plan('acme/one');
    if (result.kind !== 'planned') throw new Error(result.kind);
    expect(result.plan.targets.map(({ reason }) => reason)).toEqual([
      "the maker's own offer",
      'expected price',
      'expected price',
    ]);
    expect(
      Object.fromEntries(result.plan.leftOut.map(({ offerId, reason }) => [offerId.split('@')[1], reason])),
    ).toEqual({
      gift: 'not_paygo',
      gone: 'inactive',
      nokey: 'not_configured',
      noprice: 'unpriced',
      embedder: 'no_adapter',
    });
  });

  it.each([
    ['acme/one:floor', ['cheap', 'middle', 'acme']],
    ['acme/one:free', ['gift']],
    ['acme/one:extended', ['middle']],
    ['acme/one:exacto', ['acme', 'cheap', 'middle']],
    ['acme/one:thinking', 'no_target'],
    ['acme/sees:free', 'unknown_model'],
    ['middle:acme/one', ['middle']],
    ['acme/nowhere', 'unknown_model'],
  ])('plans %s', (model, expected) => {
    expect(providers(model)).toEqual(expected);
  });

  it('takes what is free for everybody where the endpoint says so', () => {
    expect(
      providers('acme/one', { takesFree: true, preferences: wishes({ only: ['gift'] }).preferences }),
    ).toEqual(['gift']);
  });

  it('forecasts what is no chat by its own measure, and leaves out whom no price fits', () => {
    const forecast = () => ({ promptCostNanoUsd: 7n, outputNanoUsdPerMillion: 0n });
    const result = plan('acme/one', { forecast });
    expect(result.kind === 'planned' && result.plan.targets[0]?.expectedCostNanoUsd).toBe(7n);
    expect(plan('acme/one', { forecast: () => null })).toMatchObject({ kind: 'no_target' });
  });

  it('puts the fastest first for :nitro', () => {
    const speedOf = (key: string) => ({ tokensPerSecond: key.includes('middle') ? 90 : 10, firstTokenMs: 1 });
    expect(providers('acme/one:nitro', { speedOf })).toEqual(['middle', 'cheap', 'acme']);
  });

  it('goes through the models that were named, each target once', () => {
    expect(providers(['acme/sees', 'acme/one', 'acme/one:floor'])).toEqual([
      'middle',
      'acme',
      'cheap',
      'middle',
    ]);
  });

  it("asks a policy's models behind those of the request, and says so", () => {
    const wish = { fallbackModels: ['acme/sees', 'acme/one', 'nobody/nothing'] };
    const result = plan('acme/text-only', wish);
    if (result.kind !== 'planned') throw new Error(result.kind);
    expect(result.plan.targets.map(({ model }) => model.id)).toEqual([
      'acme/text-only',
      'acme/sees',
      'acme/one',
      'acme/one',
      'acme/one',
    ]);
    expect(result.plan.targets[1]?.reason).toBe("policy's fallback model 1, expected price");
  });

  it("never refuses for a policy's models what it would not refuse without them", () => {
    const bound = { allowedModels: ['acme/text-only'], fallbackModels: ['acme/one'] };
    const result = plan('acme/text-only', bound);
    if (result.kind !== 'planned') throw new Error(result.kind);
    expect(result.plan.targets.map(({ model }) => model.id)).toEqual(['acme/text-only']);
    expect(result.plan.leftOut.map(({ reason }) => reason)).toContain('not_allowed');
    expect(plan('acme/one', bound).kind).toBe('not_allowed');
    expect(plan('acme/nowhere', { fallbackModels: ['nobody/nothing'] }).kind).toBe('unknown_model');
  });

  it('leaves out what cannot take the request', () => {
    expect(providers('acme/text-only', { needs: { ...needs, tools: true } })).toBe('no_target');
    expect(providers('acme/one', { needs: { ...needs, images: true } })).toBe('no_target');
    expect(providers('acme/sees', { needs: { ...needs, images: true } })).toEqual(['middle']);
    expect(providers('acme/one', { needs: { ...needs, promptTokens: 20_000 } })).toEqual(['acme', 'middle']);
    expect(providers('acme/one', { needs: { ...needs, promptTokens: 900_000 } })).toBe('no_target');
  });

  it.each<[string, WrittenPreferences, string[] | string]>([
    ['order', { order: ['middle'] }, ['middle', 'acme', 'cheap']],
    ['order by display name', { order: ['Middle', 'cheap/fp8'] }, ['middle', 'cheap', 'acme']],
    ['order without fallbacks', { order: ['middle'], allow_fallbacks: false }, ['middle']],
    ['no fallbacks', { allow_fallbacks: false }, ['acme']],
    ['only', { only: ['cheap', 'middle'] }, ['cheap', 'middle']],
    ['ignore', { ignore: ['acme'] }, ['cheap', 'middle']],
    ['sort by price', { sort: 'price' }, ['cheap', 'middle', 'acme']],
    ['sort as an object', { sort: { by: 'price' } }, ['cheap', 'middle', 'acme']],
    ['a price limit', { max_price: { completion: 2 } }, ['cheap', 'middle']],
    ['a price limit as text', { max_price: { prompt: '1' } }, ['cheap']],
    ['nobody left', { only: ['nobody'] }, 'no_target'],
  ])("heeds OpenRouter's wishes: %s", (_name, written, expected) => {
    expect(providers('acme/one', wishes(written))).toEqual(expected);
  });

  it('keeps to targets that get every parameter when asked to', () => {
    const unsupported = (entry: { providerId: string }) => (entry.providerId === 'acme' ? ['seed'] : []);
    expect(providers('acme/one', { ...wishes({ require_parameters: true }), unsupported })).toEqual([
      'cheap',
      'middle',
    ]);
  });

  it.each([{ sort: 'luck' }, { max_price: { prompt: 'much' } }, { max_price: { prompt: -1 } }])(
    'refuses wishes that mean nothing: %j',
    (written) => {
      expect(readPreferences(written).kind).toBe('invalid');
    },
  );

  it('refuses a model that the key may not call', () => {
    expect(providers('acme/one', { allowedModels: ['acme/sees'] })).toBe('not_allowed');
    expect(providers('acme/sees', { allowedModels: ['acme/sees'] })).toEqual(['middle']);
  });
});
