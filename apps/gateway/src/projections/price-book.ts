import type { PriceVersionProjection } from '@trunkline/contracts';

/** Price versions by offer, side and plan, to be asked for the one in force at a moment. */
export class PriceBook {
  private readonly versions = new Map<string, PriceVersionProjection[]>();

  constructor(readonly rows: readonly PriceVersionProjection[]) {
    for (const row of rows) {
      const place = placeOf(row.offerId, row.side, row.pricePlanId);
      const others = this.versions.get(place);
      if (others) others.push(row);
      else this.versions.set(place, [row]);
    }
    for (const versions of this.versions.values())
      versions.sort((a, b) => b.effectiveFromMs - a.effectiveFromMs);
  }

  /** The latest version that has begun and not ended; null when there is none. */
  at(
    offerId: string,
    side: 'buy' | 'sell',
    pricePlanId: string | null,
    atMs: number,
  ): PriceVersionProjection | null {
    for (const version of this.versions.get(placeOf(offerId, side, pricePlanId)) ?? []) {
      if (version.effectiveFromMs > atMs) continue;
      return version.effectiveToMs === null || version.effectiveToMs > atMs ? version : null;
    }
    return null;
  }
}

function placeOf(offerId: string, side: string, pricePlanId: string | null): string {
  return `${side} ${pricePlanId ?? ''} ${offerId}`;
}
