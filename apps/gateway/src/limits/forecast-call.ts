import { affordableOutputTokens, forecastCost } from '@trunkline/pricing';

/** Fewer output tokens than these are not worth a dispatch: 402. */
export const MIN_OUTPUT_TOKENS = 16;
/** Where neither the client nor the offer limits the answer. */
export const UNLIMITED_OUTPUT_TOKENS = 32_768;

export interface CallCost {
  promptCostNanoUsd: bigint;
  /** Nano-USD per million output tokens. */
  outputNanoUsdPerMillion: bigint;
  /** min(limit asked for, the offer's maximum); null when neither is known. */
  outputTokenLimit: number | null;
}

export interface CallForecast {
  /** With the length that answers of this key and model have. */
  forecastNanoUsd: bigint;
  /** With the whole token limit. */
  worstNanoUsd: bigint;
  /** The least that is worth a dispatch. */
  leastNanoUsd: bigint;
}

/** What a call may cost (design: Forecast). */
export function forecastCall(cost: CallCost, expectedOutputTokens: number): CallForecast {
  const limit = cost.outputTokenLimit ?? UNLIMITED_OUTPUT_TOKENS;
  return {
    forecastNanoUsd: forecastCost(cost, Math.min(limit, expectedOutputTokens)),
    worstNanoUsd: forecastCost(cost, limit),
    leastNanoUsd: forecastCost(cost, Math.min(limit, MIN_OUTPUT_TOKENS)),
  };
}

/**
 * The token limit to send upstream where the hold is all that is free; null where the limit that there is fits in it.
 */
export function tokensWithin(cost: CallCost, holdNanoUsd: bigint): number | null {
  const tokens = affordableOutputTokens(cost, holdNanoUsd);
  const limit = cost.outputTokenLimit ?? UNLIMITED_OUTPUT_TOKENS;
  return tokens === null || (tokens >= limit && cost.outputTokenLimit !== null)
    ? null
    : Math.min(tokens, limit);
}
