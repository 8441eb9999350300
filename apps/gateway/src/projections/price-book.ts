import type { PriceVersionProjection } from '@trunkline/contracts';

type ByPlan = Map<string | null, PriceVersionProjection[]>;

/** Price versions by offer, side and plan, to be asked for the one in force at a moment. */
export class PriceBook {
  /** By offer, then by plan; what providers charge us stands under no plan. Latest first. */
  private readonly versions = { buy: new Map<string, ByPlan>(), sell: new Map<string, ByPlan>() };

  constructor(readonly rows: readonly PriceVersionProjection[]) {
    for (const row of rows) {
      const offers = this.versions[row.side];
      let plans = offers.get(row.offerId);
      if (!plans) offers.set(row.offerId, (plans = new Map()));
      const others = plans.get(row.pricePlanId);
      if (others) others.push(row);
      else plans.set(row.pricePlanId, [row]);
    }
    for (const offers of [this.versions.buy, this.versions.sell])
      for (const plans of offers.values())
        for (const versions of plans.values()) versions.sort((a, b) => b.effectiveFromMs - a.effectiveFromMs);
  }

  /** The latest version that has begun and not ended; null when there is none. */
  at(
    offerId: string,
    side: 'buy' | 'sell',
    pricePlanId: string | null,
    atMs: number,
  ): PriceVersionProjection | null {
    for (const version of this.versions[side].get(offerId)?.get(pricePlanId) ?? []) {
      if (version.effectiveFromMs > atMs) continue;
      return version.effectiveToMs === null || version.effectiveToMs > atMs ? version : null;
    }
    return null;
  }
}
