import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { DATA_FOLDER, loadCatalog } from './load-catalog.js';
import { printSimulatorOffers, simulatorOffers, type SimulatorOffers } from './simulator-offers.js';

const offers = simulatorOffers(loadCatalog());

describe('simulator offers', () => {
  it('stand in the data folder as the catalog has them (pnpm --filter @trunkline/catalog simulator-offers)', () => {
    const written = readFileSync(new URL('simulator-offers.json', DATA_FOLDER), 'utf8');
    expect(written).toBe(printSimulatorOffers(offers));
    expect(JSON.parse(written) as SimulatorOffers).toEqual(offers);
  });

  it('know a model by its dated name too', () => {
    expect(offers.providers['openai']?.models['gpt-4o-mini-2024-07-18']).toEqual({
      endpoints: ['chat', 'responses'],
      contextWindow: 128_000,
      maxOutputTokens: 16_384,
      reasoning: false,
      tools: true,
      vision: true,
    });
  });

  it('hold no model that its provider no longer sells', () => {
    expect(offers.providers['openai']?.models['gpt-4.5-preview-2025-02-27']).toBeUndefined();
  });

  it('name every provider, with or without models', () => {
    expect(Object.keys(offers.providers)).toEqual(loadCatalog().providers.map((provider) => provider.id));
  });
});
