import {
  type Catalog,
  type CatalogOffer,
  offerId,
  offerPrices,
  offerPriceVersions,
} from '@trunkline/catalog';
import type { PriceTerms } from '@trunkline/contracts';
import { applyMarkup } from '@trunkline/pricing';
import type { PriceOverride, PriceVersion, Prisma, Transaction } from '@trunkline/prisma';
import { uuidv7 } from 'uuidv7';
import { planPriceVersions, type WantedPrice } from './plan-price-versions.js';

/** An offer by the id of its row. */
export interface PricedOffer {
  id: string;
  offer: CatalogOffer;
}

interface Series {
  offerId: string;
  side: 'buy' | 'sell';
  pricePlanId: string | null;
  wanted: WantedPrice<PriceTerms>[];
}

/**
 * Makes the price book follow these offers: buy prices as the sources say, and the sell prices of each plan, its markup
 * included. Only what changed gets a new version.
 * @returns versions written, ended or dropped
 */
export async function writePrices(
  tx: Transaction,
  offers: readonly PricedOffer[],
  now: Date,
): Promise<number> {
  const ids = offers.map(({ id }) => id);
  const [plans, overrides, stored] = await Promise.all([
    tx.pricePlan.findMany(),
    tx.priceOverride.findMany({ where: { offerId: { in: ids } } }),
    tx.priceVersion.findMany({ where: { offerId: { in: ids } } }),
  ]);
  const overrideOf = new Map(overrides.map((override) => [override.offerId, override]));
  const bySeries = Map.groupBy(stored, seriesKey);
  const create: Prisma.PriceVersionCreateManyInput[] = [];
  const ends: { id: string; effectiveTo: Date | null }[] = [];
  const drop: string[] = [];
  for (const series of seriesOf(offers, overrideOf, plans)) {
    const rows = (bySeries.get(seriesKey(series)) ?? []).map(toStored);
    const change = planPriceVersions(rows, series.wanted, now);
    const { wanted: _, ...identity } = series;
    create.push(...change.create.map((version) => ({ id: uuidv7(), ...identity, ...version })));
    ends.push(...change.end);
    drop.push(...change.drop);
  }
  if (drop.length > 0) await tx.priceVersion.deleteMany({ where: { id: { in: drop } } });
  // One statement for each moment: a new price book ends hundreds of versions at one and the same.
  for (const [, group] of Map.groupBy(ends, ({ effectiveTo }) => effectiveTo?.getTime() ?? null)) {
    const effectiveTo = group[0]?.effectiveTo ?? null;
    await tx.priceVersion.updateMany({
      where: { id: { in: group.map(({ id }) => id) } },
      data: { effectiveTo },
    });
  }
  if (create.length > 0) await tx.priceVersion.createMany({ data: create });
  return create.length + ends.length + drop.length;
}

/** Every offer of the catalog. */
export function pricedOffers(catalog: Catalog): PricedOffer[] {
  return catalog.models.flatMap((model) =>
    model.offers.map((offer) => ({ id: offerId(model, offer), offer })),
  );
}

function* seriesOf(
  offers: readonly PricedOffer[],
  overrideOf: ReadonlyMap<string, PriceOverride>,
  plans: readonly { id: string; markupPpm: number }[],
): Generator<Series> {
  for (const { id, offer } of offers) {
    const buy = withOverride(offer, overrideOf.get(id)).filter(
      ({ terms }) => Object.keys(terms.prices).length > 0,
    );
    yield { offerId: id, side: 'buy', pricePlanId: null, wanted: buy };
    for (const { id: pricePlanId, markupPpm } of plans) {
      const wanted = buy.map(({ effectiveFrom, terms }) => ({
        effectiveFrom,
        terms: applyMarkup(terms, markupPpm),
      }));
      yield { offerId: id, side: 'sell', pricePlanId, wanted };
    }
  }
}

/** What the catalog says until the override's moment, and the override from then on. */
function withOverride(offer: CatalogOffer, override: PriceOverride | undefined): WantedPrice<PriceTerms>[] {
  const stated = offerPriceVersions(offer);
  if (!override) return stated;
  const { effectiveFrom } = override;
  const prices = { ...offer.prices, ...offerPrices.parse(override.prices) };
  const [overridden] = offerPriceVersions({ ...offer, prices, schedule: [] });
  const before = stated.filter((row) => row.effectiveFrom === null || row.effectiveFrom < effectiveFrom);
  return overridden ? [...before, { effectiveFrom, terms: overridden.terms }] : before;
}

function seriesKey({
  offerId,
  side,
  pricePlanId,
}: {
  offerId: string;
  side: string;
  pricePlanId: string | null;
}): string {
  return `${side} ${pricePlanId ?? ''} ${offerId}`;
}

/** Terms are compared as they stand: those that an older seed wrote need not fit today's schema. */
function toStored({ id, effectiveFrom, effectiveTo, terms }: PriceVersion) {
  return { id, effectiveFrom, effectiveTo, terms: terms as unknown as PriceTerms };
}
