import type { CatalogModelDetail, CatalogOffer } from '@trunkline/contracts/control-plane';
import type { PriceTerms } from '@trunkline/contracts';
import type { Database } from '../../database/database.module.js';
import type { MemberActor } from '../../http/actor.js';
import { notFound } from '../../http/api-error.js';
import type { CatalogReader } from './catalog-reader.js';
import type { ViewedOffer } from './catalog-view.js';
import { priceOf, readViewOf, toModel } from './list-models.js';
import { offerHealth, type OfferHealth } from './offer-health.js';

/** One model with its offers: those that can be called first, then the cheaper ones. */
export async function getModel(
  database: Database,
  reader: CatalogReader,
  actor: MemberActor,
  modelId: string,
): Promise<CatalogModelDetail> {
  const model = (await readViewOf(database, reader, actor)).get(modelId);
  if (!model) throw notFound('model');
  const [names, health] = await Promise.all([
    database.client.modelName.findMany({
      where: { modelId },
      select: { name: true },
      orderBy: { name: 'asc' },
    }),
    offerHealth(database.client, modelId),
  ]);
  return {
    ...toModel(model),
    names: names.map(({ name }) => name),
    offers: model.offers.toSorted(byUse).map((offer) => toOffer(offer, health.get(offer.id))),
  };
}

function byUse(left: ViewedOffer, right: ViewedOffer): number {
  if (left.callable !== right.callable) return left.callable ? -1 : 1;
  const [a, b] = [priceOf(left, 'output.text'), priceOf(right, 'output.text')];
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return a === b ? left.id.localeCompare(right.id) : a < b ? -1 : 1;
}

function toOffer(offer: ViewedOffer, health: OfferHealth | undefined): CatalogOffer {
  const { price } = offer;
  return {
    id: offer.id,
    providerId: offer.providerId,
    providerName: offer.providerName,
    providerModel: offer.providerModel,
    endpoints: offer.endpoints,
    contextWindow: offer.contextWindow,
    maxOutputTokens: offer.maxOutputTokens,
    billing: offer.billing,
    status: offer.status,
    endsAt: offer.endsAt?.toISOString() ?? null,
    callable: offer.callable,
    price: price && {
      versionId: price.versionId,
      effectiveFrom: price.effectiveFrom.toISOString(),
      prices: statedPrices(price.terms),
      tiers: price.terms.tiers.map(({ aboveInputTokens, prices }) => ({
        aboveInputTokens,
        prices: { ...prices },
      })),
      hasHours: price.terms.hours.length > 0,
    },
    firstTokenP50Ms: health?.firstTokenP50Ms ?? null,
    errorPpm: health?.errorPpm ?? null,
  };
}

/** Prices that a source states; those derived from others would only fill the page. */
function statedPrices({ prices, completed }: PriceTerms): Record<string, string> {
  const derived: ReadonlySet<string> = new Set(completed);
  return Object.fromEntries(Object.entries(prices).filter(([bucket]) => !derived.has(bucket)));
}
