import {
  costOfUnits,
  type PriceTerms,
  promptTokens,
  type Usage,
  USAGE_BUCKETS,
  type UsageLine,
} from '@trunkline/contracts';
import { applyShare } from './apply-share.js';
import { type PriceMoment, unitPrice } from './unit-price.js';

/** A price version in force at dispatch: what a line pins and what it multiplies with. */
export interface PinnedPrice {
  id: string;
  terms: PriceTerms;
}

export interface PriceUsageInput {
  /** Number of the attempt, 1 for the first. */
  attempt: number;
  usage: Usage;
  /** Unix milliseconds; prices are taken as of the attempt's dispatch. */
  dispatchedMs: number;
  /** What the tenant pays; null when nothing is in force. */
  sell: PinnedPrice | null;
  /** What the provider charges us; null when nothing is in force. */
  buy: PinnedPrice | null;
  /** True when a tokenizer counted because the provider reported nothing. */
  counted: boolean;
  /** False where who-pays says that the customer pays nothing: the lines keep our cost and the price, and cost 0. */
  charged?: boolean;
  /**
   * The credential was the tenant's own: what the provider charges is theirs, the lines keep its price and cost us
   * nothing, and the tenant pays this many millionths of the sell price, also where there is none.
   */
  ownKeyFeePpm?: number;
}

export interface PricedUsage {
  lines: UsageLine[];
  /** Sum of the lines on the sell side, nano-USD. */
  costNanoUsd: bigint;
  /** Sum of the lines on the buy side, nano-USD. */
  providerCostNanoUsd: bigint;
  /** What the provider charges the owner of the credential, where that is the tenant, nano-USD. */
  ownKeyCostNanoUsd: bigint;
  /** At least one bucket that the customer was to pay had no sell price and cost 0. */
  unpriced: boolean;
}

/**
 * Turns the usage of one attempt into lines: units × price / 10⁶, rounded half up, per bucket and side.
 * A bucket without a sell price costs 0 and is marked `unpriced`; one without a buy price costs us 0.
 * @throws RangeError when units are not a whole, safe, non-negative number
 */
export function priceUsage(input: PriceUsageInput): PricedUsage {
  const moment = { dispatchedMs: input.dispatchedMs, promptTokens: promptTokens(input.usage) };
  const priced: PricedUsage = {
    lines: [],
    costNanoUsd: 0n,
    providerCostNanoUsd: 0n,
    ownKeyCostNanoUsd: 0n,
    unpriced: false,
  };
  const { ownKeyFeePpm } = input;
  const isOwn = ownKeyFeePpm !== undefined;
  for (const bucket of USAGE_BUCKETS) {
    const units = input.usage[bucket] ?? 0;
    if (!Number.isSafeInteger(units) || units < 0)
      throw new RangeError(`units of ${bucket} are not a whole number`);
    if (units === 0) continue;
    const listPrice = input.sell && unitPrice(input.sell.terms, bucket, moment);
    const sellPrice = isOwn ? applyShare(listPrice ?? 0n, ownKeyFeePpm) : listPrice;
    const buyPrice = input.buy && unitPrice(input.buy.terms, bucket, moment);
    const charged = input.charged ?? true;
    const cost = charged ? costOfUnits(BigInt(units), sellPrice ?? 0n) : 0n;
    const chargedByProvider = costOfUnits(BigInt(units), buyPrice ?? 0n);
    const providerCost = isOwn ? 0n : chargedByProvider;
    if (isOwn) priced.ownKeyCostNanoUsd += chargedByProvider;
    priced.costNanoUsd += cost;
    priced.providerCostNanoUsd += providerCost;
    priced.unpriced ||= charged && sellPrice === null;
    priced.lines.push({
      attempt: input.attempt,
      bucket,
      units,
      sellPriceVersionId: input.sell?.id ?? null,
      sellNanoUsdPerMillion: (sellPrice ?? 0n).toString(),
      costNanoUsd: cost.toString(),
      buyPriceVersionId: input.buy?.id ?? null,
      buyNanoUsdPerMillion: (buyPrice ?? 0n).toString(),
      providerCostNanoUsd: providerCost.toString(),
      unpriced: charged && sellPrice === null,
      counted: input.counted,
    });
  }
  return priced;
}

/**
 * Cost of a usage under one side's terms, nano-USD: the same sum as that of the lines, without making them.
 * For `usage.cost` of a running stream and for comparing routes.
 */
export function costOfUsage(usage: Usage, terms: PriceTerms, dispatchedMs: number): bigint {
  const moment: PriceMoment = { dispatchedMs, promptTokens: promptTokens(usage) };
  let sum = 0n;
  for (const bucket of USAGE_BUCKETS) {
    const units = usage[bucket];
    if (units) sum += costOfUnits(BigInt(units), unitPrice(terms, bucket, moment) ?? 0n);
  }
  return sum;
}
