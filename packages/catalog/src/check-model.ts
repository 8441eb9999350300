import type { Endpoint } from '@trunkline/contracts';
import type { Catalog } from './load-catalog.js';
import type { CatalogModel } from './model-schema.js';
import { priceLines, startOfDay } from './offer-prices.js';
import type { CatalogOffer } from './offer-schema.js';
import { isSold, offerId } from './sold-offers.js';

export interface ModelFindings {
  errors: string[];
  warnings: string[];
}

/** Endpoints that make sense for a kind of model. Image models that also write text are reached by chat. */
const ENDPOINTS_BY_KIND: Readonly<Record<CatalogModel['kind'], readonly Endpoint[]>> = {
  chat: ['chat', 'responses', 'messages', 'completions'],
  embedding: ['embeddings'],
  image: ['images', 'chat'],
  audio: ['speech', 'transcriptions'],
  rerank: ['rerank'],
  moderation: ['moderations', 'chat'],
};

function checkOfferPrices(model: CatalogModel, offer: CatalogOffer): string[] {
  const errors: string[] = [];
  const rows = [
    offer.prices,
    ...offer.tiers.map((tier) => tier.prices),
    ...offer.schedule.map((row) => row.prices),
  ];
  const lines = priceLines(offer.prices);
  if (lines.length === 0) errors.push('has no price');
  if (rows.flatMap(priceLines).some((line) => line.nanoUsdPerMillion < 0n))
    errors.push('has a price below zero');
  if (offer.billing === 'paygo' && lines.every((line) => line.nanoUsdPerMillion === 0n))
    errors.push('is pay-as-you-go for nothing');
  if (model.kind === 'chat' && (offer.prices.input === undefined || offer.prices.output === undefined)) {
    errors.push('lacks the price of input or output');
  }
  const bounds = offer.tiers.map((tier) => tier.aboveInputTokens);
  if (bounds.some((bound, index) => index > 0 && bound <= (bounds[index - 1] ?? 0)))
    errors.push('has tiers out of order');
  const days = offer.schedule.map((row) => row.from);
  if (days.some((day, index) => index > 0 && (day === null || day <= (days[index - 1] ?? '')))) {
    errors.push('has a price schedule out of order');
  }
  return errors;
}

function checkOffer(model: CatalogModel, offer: CatalogOffer, catalog: Catalog): string[] {
  const errors = checkOfferPrices(model, offer);
  const provider = catalog.providersById.get(offer.provider);
  if (!provider) return [...errors, `names no known provider`];
  for (const endpoint of offer.endpoints) {
    if (!ENDPOINTS_BY_KIND[model.kind].includes(endpoint))
      errors.push(`has endpoint ${endpoint}, which is none for ${model.kind}`);
    if (!offer.endpointsSource && !provider.endpointSources[endpoint])
      errors.push(`has no source for endpoint ${endpoint}`);
  }
  if (model.status === 'retired' && offer.status === 'active')
    errors.push('is active although its model is retired');
  return errors;
}

function lapsedPromises(offer: CatalogOffer, at: Date): string[] {
  return offer.schedule.flatMap((row, index) =>
    row.knownUntil && startOfDay(row.knownUntil) < at && index === offer.schedule.length - 1
      ? [`has a price that was promised until ${row.knownUntil} only`]
      : [],
  );
}

/** Checks one model and its offers: authors and providers exist, endpoints fit and have sources, prices make sense. */
export function checkModel(model: CatalogModel, catalog: Catalog, at: Date): ModelFindings {
  const errors: string[] = [];
  const warnings: string[] = [];
  if (!catalog.authorsById.has(model.author)) errors.push(`${model.id}: unknown author ${model.author}`);
  if (!model.id.startsWith(`${model.author}/`))
    errors.push(`${model.id}: its id does not begin with its author`);
  if (model.kind === 'chat' && !model.capabilities)
    errors.push(`${model.id}: a chat model without capabilities`);
  if (model.status === 'current' && !model.offers.some((offer) => isSold(model, offer, at))) {
    warnings.push(`${model.id}: current, but nobody is known to sell it now`);
  }
  for (const offer of model.offers) {
    const id = offerId(model, offer);
    if (model.offers.filter((other) => other.provider === offer.provider).length > 1)
      errors.push(`${id}: two offers`);
    errors.push(...checkOffer(model, offer, catalog).map((text) => `${id}: ${text}`));
    warnings.push(...lapsedPromises(offer, at).map((text) => `${id}: ${text}`));
  }
  return { errors, warnings };
}
