import { describe, expect, it } from '@jest/globals';
import { readdirSync } from 'node:fs';
import { DATA_FOLDER, loadCatalog } from './load-catalog.js';

describe('loading the catalog', () => {
  it('reads the files once per process', () => {
    expect(loadCatalog()).toBe(loadCatalog());
  });

  it('finds each provider in the file of its id and each model in the file of its author', () => {
    const files = (folder: string) => readdirSync(new URL(folder, DATA_FOLDER)).toSorted();
    const { providers, models } = loadCatalog();
    expect(files('providers/')).toEqual(providers.map((provider) => `${provider.id}.json`).toSorted());
    expect(files('models/')).toEqual([...new Set(models.map((model) => `${model.author}.json`))].toSorted());
  });

  it('reads unknown limits as null and missing lists as empty', () => {
    const offers = loadCatalog().models.flatMap((model) => model.offers);
    expect(offers.every((offer) => offer.contextWindow === null || offer.contextWindow > 0)).toBe(true);
    expect(offers.every((offer) => Array.isArray(offer.tiers) && Array.isArray(offer.otherNames))).toBe(true);
  });

  it("knows the makers' own providers", () => {
    const { authorsById } = loadCatalog();
    expect(authorsById.get('openai')?.providers).toEqual(['openai']);
    expect(authorsById.get('qwen')?.providers).toEqual(['alibaba']);
    expect(authorsById.get('meta-llama')?.providers).toEqual([]);
  });
});
