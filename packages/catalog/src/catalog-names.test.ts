import { describe, expect, it } from '@jest/globals';
import { buildNames, versionStamp } from './catalog-names.js';
import { loadCatalog } from './load-catalog.js';
import { catalogModel, type CatalogModel } from './model-schema.js';

function model(
  id: string,
  offers: { provider: string; providerModel: string; otherNames?: string[] }[],
): CatalogModel {
  return catalogModel.parse({
    id,
    name: id,
    author: id.split('/')[0],
    family: 'f',
    kind: 'embedding',
    status: 'current',
    inputModalities: ['text'],
    outputModalities: ['embedding'],
    offers: offers.map((offer) => ({
      ...offer,
      status: 'active',
      billing: 'paygo',
      endpoints: ['embeddings'],
      prices: { input: '1' },
      sources: ['test 2026-01-01'],
    })),
  });
}

const authors = new Map([['acme', { id: 'acme', name: 'Acme', providers: ['acme-api'] }]]);

describe('names', () => {
  const { namesByName } = loadCatalog();

  it('knows a dated version by the model and the name to send', () => {
    expect(namesByName.get('gpt-4o-mini-2024-07-18')).toMatchObject({
      modelId: 'openai/gpt-4o-mini',
      sendAs: { openai: 'gpt-4o-mini-2024-07-18', openrouter: 'openai/gpt-4o-mini-2024-07-18' },
    });
  });

  it('knows what the maker calls a model', () => {
    expect(namesByName.get('claude-sonnet-4-5')).toEqual({
      name: 'claude-sonnet-4-5',
      modelId: 'anthropic/claude-sonnet-4.5',
      sendAs: {},
      onlyAt: null,
    });
    expect(namesByName.get('gpt-4o-mini')?.modelId).toBe('openai/gpt-4o-mini');
  });

  it('binds a date to those who sell that date, where a model has several', () => {
    expect(namesByName.get('gpt-4o-2024-11-20')?.onlyAt).toEqual(['openai', 'azure-openai', 'openrouter']);
    expect(namesByName.get('gpt-4o-mini-2024-07-18')?.onlyAt).toBeNull();
  });

  it('gives every slug of a model to that model or to nobody', () => {
    for (const { id, author } of loadCatalog().models) {
      const row = namesByName.get(id.slice(author.length + 1));
      expect(row?.modelId ?? id).toBe(id);
    }
  });

  it('leaves out a name that two authors claim, and says so', () => {
    const offers = [{ provider: 'host', providerModel: 'x' }];
    const { names, conflicts } = buildNames(
      [model('acme/alpha', offers), model('other/alpha', offers)],
      authors,
    );
    expect(names).toEqual([]);
    expect(conflicts).toEqual([{ name: 'alpha', modelIds: ['acme/alpha', 'other/alpha'], givenTo: null }]);
  });

  it('prefers a slug to an alias of the same author', () => {
    const { names, conflicts } = buildNames(
      [
        model('acme/beta', [{ provider: 'acme-api', providerModel: 'b', otherNames: ['alpha'] }]),
        model('acme/alpha', [{ provider: 'host', providerModel: 'x' }]),
      ],
      authors,
    );
    expect(names.find((row) => row.name === 'alpha')?.modelId).toBe('acme/alpha');
    expect(conflicts).toHaveLength(1);
  });

  it('takes no name from hosts that are not the maker', () => {
    const { names } = buildNames(
      [model('acme/alpha', [{ provider: 'host', providerModel: 'Alpha-Turbo' }])],
      authors,
    );
    expect(names.map((row) => row.name)).toEqual(['alpha']);
  });

  it('reads dates in every notation and nothing else as a date', () => {
    expect(versionStamp('gpt-4o-2024-08-06')).toBe('20240806');
    expect(versionStamp('claude-3-5-sonnet@20240620')).toBe('20240620');
    expect(versionStamp('anthropic.claude-3-5-sonnet-20241022-v2:0')).toBe('20241022');
    expect(versionStamp('grok-4-0709')).toBe('0709');
    expect(versionStamp('claude-sonnet-4-5')).toBeNull();
    expect(versionStamp('gpt-4o')).toBeNull();
  });
});
