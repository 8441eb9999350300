import { costOfUnits, type PriceTerms, UNITS_PER_PRICE } from '@trunkline/contracts';
import { unitPrice } from './unit-price.js';

export interface PromptForecast {
  /** Prompt estimate × input price, nano-USD. */
  promptCostNanoUsd: bigint;
  /** The dearer of output and reasoning, nano-USD per million tokens. */
  outputNanoUsdPerMillion: bigint;
}

/**
 * What is known of a call's cost before its dispatch, from an estimate of its prompt's tokens.
 * Null when input or output have no price: an unpriced model is refused, not free.
 */
export function forecastPrompt(terms: PriceTerms, promptTokens: number, atMs: number): PromptForecast | null {
  const moment = { dispatchedMs: atMs, promptTokens };
  const input = unitPrice(terms, 'input.text', moment);
  const output = unitPrice(terms, 'output.text', moment);
  if (input === null || output === null) return null;
  const reasoning = unitPrice(terms, 'reasoning.text', moment) ?? 0n;
  return {
    promptCostNanoUsd: costOfUnits(BigInt(promptTokens), input),
    outputNanoUsdPerMillion: reasoning > output ? reasoning : output,
  };
}

/** Cost of a prompt and this many output tokens, nano-USD. */
export function forecastCost(forecast: PromptForecast, outputTokens: number): bigint {
  return forecast.promptCostNanoUsd + costOfUnits(BigInt(outputTokens), forecast.outputNanoUsdPerMillion);
}

/**
 * Most output tokens that an amount pays for after the prompt; null when output is free, so that any number is paid for.
 * A negative result says that not even the prompt is.
 */
export function affordableOutputTokens(forecast: PromptForecast, amountNanoUsd: bigint): number | null {
  const rest = amountNanoUsd - forecast.promptCostNanoUsd;
  if (rest < 0n) return -1;
  if (forecast.outputNanoUsdPerMillion === 0n) return null;
  const tokens = (rest * UNITS_PER_PRICE) / forecast.outputNanoUsdPerMillion;
  return tokens > BigInt(Number.MAX_SAFE_INTEGER) ? Number.MAX_SAFE_INTEGER : Number(tokens);
}
