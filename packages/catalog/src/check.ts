import { checkModel } from './check-model.js';
import { suspiciousPrices } from './check-prices.js';
import type { Catalog } from './load-catalog.js';
import { isSold } from './sold-offers.js';

/** What must not be shipped, and what a human should look at. */
export interface CatalogReport {
  errors: string[];
  warnings: string[];
  counts: {
    models: number;
    providers: number;
    offers: number;
    soldOffers: number;
    sharedModels: number;
    names: number;
  };
}

const FEWEST = { models: 250, providers: 14, sharedModels: 200 } as const;

function repeated(values: readonly string[]): string[] {
  const seen = new Set<string>();
  return values.filter((value) => seen.size === seen.add(value).size);
}

function checkIds(catalog: Catalog): string[] {
  const errors: string[] = [];
  for (const id of repeated(catalog.models.map((model) => model.id))) errors.push(`model ${id} stands twice`);
  for (const id of repeated(catalog.providers.map((provider) => provider.id)))
    errors.push(`provider ${id} stands twice`);
  for (const id of repeated(catalog.authors.map((author) => author.id)))
    errors.push(`author ${id} stands twice`);
  for (const name of repeated(catalog.names.map((row) => row.name))) errors.push(`name ${name} stands twice`);
  const sent = catalog.models.flatMap((model) =>
    model.offers.map((offer) => `${offer.provider}: ${offer.providerModel}`),
  );
  for (const name of repeated(sent)) errors.push(`two models are sold as ${name}`);
  for (const author of catalog.authors) {
    for (const id of author.providers) {
      if (!catalog.providersById.has(id)) errors.push(`author ${author.id}: no provider ${id}`);
    }
  }
  return errors;
}

function countSold(catalog: Catalog, at: Date): CatalogReport['counts'] {
  const offers = catalog.models.flatMap((model) => model.offers.map((offer) => ({ model, offer })));
  const sold = offers.filter(({ model, offer }) => isSold(model, offer, at));
  const paidPerModel = new Map<string, number>();
  for (const { model, offer } of sold) {
    if (offer.billing === 'paygo') paidPerModel.set(model.id, (paidPerModel.get(model.id) ?? 0) + 1);
  }
  return {
    models: catalog.models.length,
    providers: new Set(sold.map(({ offer }) => offer.provider)).size,
    offers: offers.length,
    soldOffers: sold.length,
    sharedModels: [...paidPerModel.values()].filter((count) => count >= 2).length,
    names: catalog.names.length,
  };
}

/**
 * Holds a catalog against the rules that its schema cannot say.
 * @param at the day for which end dates and promised prices are judged
 */
export function checkCatalog(catalog: Catalog, at: Date): CatalogReport {
  const errors = checkIds(catalog);
  const warnings: string[] = [];
  for (const model of catalog.models) {
    const found = checkModel(model, catalog, at);
    errors.push(...found.errors);
    warnings.push(...found.warnings, ...suspiciousPrices(model, at));
  }
  for (const { name, modelIds, givenTo } of catalog.nameConflicts) {
    warnings.push(`name ${name} of ${modelIds.join(', ')} ${givenTo ? `means ${givenTo}` : 'is left out'}`);
  }
  const counts = countSold(catalog, at);
  for (const key of ['models', 'providers', 'sharedModels'] as const) {
    if (counts[key] < FEWEST[key]) errors.push(`${counts[key]} ${key}, at least ${FEWEST[key]} are expected`);
  }
  return { errors, warnings, counts };
}
