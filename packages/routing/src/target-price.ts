import type { PriceVersionProjection } from '@trunkline/contracts';
import { applyShare, forecastPrompt, type PromptForecast } from '@trunkline/pricing';
import type { Candidate } from './candidates.js';
import type { PlanInput } from './plan-route.js';
import type { LeftOutReason } from './plan.js';
import type { ReadPreferences } from './provider-preferences.js';

/** What a call is expected to cost its customer at a candidate. */
export interface ExpectedPrice {
  /** Null only where the caller's own key takes a model that has none. */
  readonly version: PriceVersionProjection | null;
  readonly forecast: PromptForecast;
}

const NOTHING: PromptForecast = { promptCostNanoUsd: 0n, outputNanoUsdPerMillion: 0n };

/** The sell price in force; with an own key the plan's fee, and nothing where there is no price to take it of. */
export function expectedPrice(
  candidate: Candidate,
  input: PlanInput,
  promptTokens: number,
): ExpectedPrice | LeftOutReason {
  const version = input.catalog.priceOf(candidate.offer.id, 'sell', input.pricePlanId, input.atMs);
  const forecast = version && forecastAt(version, input, promptTokens);
  if (candidate.isOwn) {
    const feePpm = input.ownKeyFeePpm ?? 0;
    return { version, forecast: forecast && feePpm > 0 ? shareOf(forecast, feePpm) : NOTHING };
  }
  if (!version || !forecast) return 'unpriced';
  return dearerThanWished(version, input.preferences) ? 'max_price' : { version, forecast };
}

function forecastAt(
  { terms }: PriceVersionProjection,
  input: PlanInput,
  promptTokens: number,
): PromptForecast | null {
  const { atMs } = input;
  return input.forecast ? input.forecast(terms, atMs) : forecastPrompt(terms, promptTokens, atMs);
}

function shareOf(forecast: PromptForecast, ppm: number): PromptForecast {
  return {
    promptCostNanoUsd: applyShare(forecast.promptCostNanoUsd, ppm),
    outputNanoUsdPerMillion: applyShare(forecast.outputNanoUsdPerMillion, ppm),
  };
}

function dearerThanWished(
  price: PriceVersionProjection,
  { maxPrompt, maxCompletion }: ReadPreferences,
): boolean {
  const { prices } = price.terms;
  return (
    (maxPrompt !== null && BigInt(prices['input.text'] ?? 0) > maxPrompt) ||
    (maxCompletion !== null && BigInt(prices['output.text'] ?? 0) > maxCompletion)
  );
}
