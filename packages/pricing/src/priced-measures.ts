import { isUnbilled, type PriceTerms, type Usage, type UsageBucket } from '@trunkline/contracts';
import type { PromptForecast } from './forecast.js';
import { costOfUsage } from './price-usage.js';

/** What a bucket is measured in: tokens of all kinds are one measure, every other bucket is its own. */
function measureOf(bucket: string): string {
  return bucket.includes('.') ? 'tokens' : bucket;
}

/**
 * A provider may say what it did in more than one measure (tokens and pictures, tokens and characters), of which its
 * price charges one. Keeps the measures that have a price; all of them where none has, so that it shows.
 */
export function inPricedMeasures(usage: Usage, terms: PriceTerms): Usage {
  const priced = pricedMeasures(usage, terms);
  if (priced.size === 0) return usage;
  return Object.fromEntries(Object.entries(usage).filter(([bucket]) => priced.has(measureOf(bucket))));
}

/**
 * What a call of an endpoint is expected to cost whose use is known before its dispatch, all of it as prompt. Null where
 * no measure of it has a price: an unpriced model is refused, not free.
 */
export function forecastUsage(terms: PriceTerms, expected: Usage, atMs: number): PromptForecast | null {
  if (pricedMeasures(expected, terms).size === 0) return null;
  return {
    promptCostNanoUsd: costOfUsage(inPricedMeasures(expected, terms), terms, atMs),
    outputNanoUsdPerMillion: 0n,
  };
}

function pricedMeasures(usage: Usage, { prices }: PriceTerms): Set<string> {
  const measures = new Set<string>();
  for (const bucket of Object.keys(usage) as UsageBucket[]) {
    if (prices[bucket] !== undefined && !isUnbilled(bucket)) measures.add(measureOf(bucket));
  }
  return measures;
}
