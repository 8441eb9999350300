import type { CatalogModel } from './model-schema.js';
import { pricesAt } from './offer-prices.js';
import { parseUsdPerMillion } from './decimal-price.js';
import type { OfferPrices } from './offer-schema.js';
import { isSold, offerId } from './sold-offers.js';

/** Ratios outside of which a price is more often a slip of units than a bargain. */
const OUTPUT_TO_INPUT = { least: 0.1, most: 20 } as const;
const TO_MEDIAN_OF_OTHERS = 10;

type TextField = 'input' | 'output' | 'cacheRead';

function figure(prices: OfferPrices, field: TextField): number | null {
  const text = prices[field];
  return text === undefined ? null : Number(parseUsdPerMillion(text));
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

function ownRatios(prices: OfferPrices): string[] {
  const input = figure(prices, 'input');
  const output = figure(prices, 'output');
  const cacheRead = figure(prices, 'cacheRead');
  const found: string[] = [];
  if (input && output !== null && output < input * OUTPUT_TO_INPUT.least)
    found.push('output costs less than a tenth of input');
  if (input && output !== null && output > input * OUTPUT_TO_INPUT.most)
    found.push(`output costs more than ${OUTPUT_TO_INPUT.most} times input`);
  if (input !== null && cacheRead !== null && cacheRead > input)
    found.push('a cache read costs more than input');
  return found;
}

/** Prices of sold, paid offers that look like slips: odd ratios within an offer, or far from what others ask. */
export function suspiciousPrices(model: CatalogModel, at: Date): string[] {
  if (model.kind !== 'chat') return [];
  const offers = model.offers
    .filter((offer) => offer.billing === 'paygo' && isSold(model, offer, at))
    .map((offer) => ({ id: offerId(model, offer), prices: pricesAt(offer, at) }));
  const inputs = offers.map(({ prices }) => figure(prices, 'input') ?? 0);
  const typical = median(inputs);
  return offers.flatMap(({ id, prices }, index) => {
    const input = inputs[index] ?? 0;
    const isFarOff =
      offers.length >= 3 && (input > typical * TO_MEDIAN_OF_OTHERS || input * TO_MEDIAN_OF_OTHERS < typical);
    const texts = [
      ...ownRatios(prices),
      ...(isFarOff ? [`input is ${TO_MEDIAN_OF_OTHERS} times off the median of all offers`] : []),
    ];
    return texts.map((text) => `${id}: ${text}`);
  });
}
