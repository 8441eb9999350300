import {
  type BucketPrices,
  divideRoundHalfUp,
  type PriceTerms,
  type UsageBucket,
} from '@trunkline/contracts';

const PPM = 1_000_000n;

/**
 * Terms of the sell side from those of the buy side: every price × (1 + markup), rounded half up, once, when a plan is
 * published. Tiers, hours and the marks of completed buckets stay as they are.
 * @param markupPpm markup over the buy price in millionths; −1,000,000 makes everything free
 * @throws RangeError when the markup is not a whole number or below −1,000,000
 */
export function applyMarkup(terms: PriceTerms, markupPpm: number): PriceTerms {
  if (!Number.isSafeInteger(markupPpm) || markupPpm < -1_000_000)
    throw new RangeError('markup must be whole and ≥ −1,000,000 ppm');
  const factor = PPM + BigInt(markupPpm);
  return {
    ...terms,
    prices: markUp(terms.prices, factor),
    tiers: terms.tiers.map((tier) => ({ ...tier, prices: markUp(tier.prices, factor) })),
  };
}

function markUp(prices: BucketPrices, factor: bigint): BucketPrices {
  const marked: BucketPrices = {};
  for (const [bucket, price] of Object.entries(prices)) {
    marked[bucket as UsageBucket] = divideRoundHalfUp(BigInt(price) * factor, PPM).toString();
  }
  return marked;
}
