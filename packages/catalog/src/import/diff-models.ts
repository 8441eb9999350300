import { isDeepStrictEqual } from 'node:util';
import type { CatalogModel } from '../model-schema.js';
import type { CatalogOffer } from '../offer-schema.js';

/** One price of one offer, old and new; null where there is none. */
export interface PriceChange {
  readonly offerId: string;
  /** Name of the price field, with the tier's bound or the first day where it is not the base price. */
  readonly field: string;
  readonly from: string | null;
  readonly to: string | null;
}

export interface FieldChange {
  readonly id: string;
  readonly field: string;
  readonly from: string;
  readonly to: string;
}

/** What an import would change, for people to read before it does. */
export interface CatalogDiff {
  readonly addedModels: readonly string[];
  readonly retiredModels: readonly string[];
  readonly addedOffers: readonly string[];
  readonly deprecatedOffers: readonly string[];
  readonly changedPrices: readonly PriceChange[];
  /** Everything else about models and offers but their sources and notes. */
  readonly changedFields: readonly FieldChange[];
}

export function isEmptyDiff(diff: CatalogDiff): boolean {
  return Object.values(diff).every((list: readonly unknown[]) => list.length === 0);
}

/** Compares models as the schema reads them. */
export function diffModels(before: readonly CatalogModel[], after: readonly CatalogModel[]): CatalogDiff {
  const diff = {
    addedModels: [] as string[],
    retiredModels: [] as string[],
    addedOffers: [] as string[],
    deprecatedOffers: [] as string[],
    changedPrices: [] as PriceChange[],
    changedFields: [] as FieldChange[],
  };
  const known = new Map(before.map((model) => [model.id, model]));
  for (const model of after) {
    const old = known.get(model.id);
    if (!old) {
      diff.addedModels.push(model.id);
      diff.addedOffers.push(...model.offers.map((offer) => `${model.id}@${offer.provider}`));
      continue;
    }
    if (model.status === 'retired' && old.status !== 'retired') diff.retiredModels.push(model.id);
    diff.changedFields.push(...fieldChanges(model.id, old, model, ['offers']));
    for (const offer of model.offers) {
      const id = `${model.id}@${offer.provider}`;
      const oldOffer = old.offers.find(({ provider }) => provider === offer.provider);
      if (!oldOffer) {
        diff.addedOffers.push(id);
        continue;
      }
      if (offer.status === 'deprecated' && oldOffer.status !== 'deprecated') diff.deprecatedOffers.push(id);
      diff.changedPrices.push(...priceChanges(id, oldOffer, offer));
      diff.changedFields.push(...fieldChanges(id, oldOffer, offer, ['prices', 'tiers', 'schedule']));
    }
  }
  return diff;
}

/** Where a fact was read changes with every reading, and says nothing about the fact. */
const NOT_FACTS = ['sources', 'notes', 'factsSource', 'releaseDateSource', 'endpointsSource'];

function fieldChanges(id: string, before: object, after: object, apart: readonly string[]): FieldChange[] {
  const old = new Map(Object.entries(before));
  const next = new Map(Object.entries(after));
  return [...new Set([...old.keys(), ...next.keys()])]
    .filter((field) => !apart.includes(field) && !NOT_FACTS.includes(field))
    .filter((field) => !isDeepStrictEqual(old.get(field), next.get(field)))
    .map((field) => ({ id, field, from: print(old.get(field)), to: print(next.get(field)) }));
}

function print(value: unknown): string {
  return value === undefined ? '–' : JSON.stringify(value);
}

function priceChanges(offerId: string, before: CatalogOffer, after: CatalogOffer): PriceChange[] {
  const old = allPrices(before);
  const next = allPrices(after);
  return [...new Set([...old.keys(), ...next.keys()])].flatMap((field) => {
    const from = old.get(field) ?? null;
    const to = next.get(field) ?? null;
    return from === to ? [] : [{ offerId, field, from, to }];
  });
}

function allPrices(offer: CatalogOffer): Map<string, string> {
  const prices = new Map(Object.entries(offer.prices));
  for (const tier of offer.tiers)
    for (const [field, price] of Object.entries(tier.prices))
      prices.set(`${field} above ${tier.aboveInputTokens} tokens`, price);
  for (const row of offer.schedule)
    for (const [field, price] of Object.entries(row.prices))
      prices.set(
        row.from === null ? `${field} until the first day of its schedule` : `${field} from ${row.from}`,
        price,
      );
  return prices;
}
