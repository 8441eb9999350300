import { loadCatalog } from '@trunkline/catalog';
import { priceTerms, type PriceTerms } from '@trunkline/contracts';
import type { Model, Offer, PrismaClient } from '@trunkline/prisma';
import { adapterOf, adapterOfProtocol, chatFor } from '@trunkline/providers';

/** A sell price as it holds now. */
export interface CurrentPrice {
  versionId: string;
  effectiveFrom: Date;
  terms: PriceTerms;
}

export interface ViewedOffer extends Offer {
  providerName: string;
  /** A configured provider takes calls to it now. */
  callable: boolean;
  price: CurrentPrice | null;
}

export interface ViewedModel extends Model {
  offers: ViewedOffer[];
}

/** The catalog at the prices of one plan, at one moment. */
export type CatalogView = ReadonlyMap<string, ViewedModel>;

/** Reads models, offers, present sell prices and which providers are configured. */
export async function readCatalogView(
  client: PrismaClient,
  pricePlanId: string,
  at: Date,
): Promise<CatalogView> {
  const [models, offers, versions, entries] = await Promise.all([
    // Those of providers that list none have a row for their price alone.
    client.model.findMany({
      where: { status: { not: 'unlisted' } },
      orderBy: [{ releasedAt: { sort: 'desc', nulls: 'last' } }, { id: 'asc' }],
    }),
    client.offer.findMany({ orderBy: { id: 'asc' } }),
    client.priceVersion.findMany({
      where: {
        side: 'sell',
        pricePlanId,
        effectiveFrom: { lte: at },
        OR: [{ effectiveTo: null }, { effectiveTo: { gt: at } }],
      },
      orderBy: { effectiveFrom: 'asc' },
    }),
    client.providerEntry.findMany({ where: { organizationId: null, enabled: true }, select: CONFIGURED }),
  ]);
  const configured = Map.groupBy(entries, ({ providerId }) => providerId);
  const prices = new Map<string, CurrentPrice>();
  for (const { id, offerId, effectiveFrom, terms } of versions) {
    const parsed = priceTerms.safeParse(terms);
    if (parsed.success) prices.set(offerId, { versionId: id, effectiveFrom, terms: parsed.data });
  }
  const view = new Map(models.map((model): [string, ViewedModel] => [model.id, { ...model, offers: [] }]));
  const names = loadCatalog().providersById;
  for (const offer of offers) {
    const model = view.get(offer.modelId);
    const price = prices.get(offer.id) ?? null;
    const isReachable =
      model?.status !== 'retired' &&
      (configured.get(offer.providerId) ?? []).some((entry) => reaches(entry, offer));
    const providerName = names.get(offer.providerId)?.name ?? offer.providerId;
    model?.offers.push({
      ...offer,
      providerName,
      price,
      callable: isReachable && price !== null && isSold(offer, at),
    });
  }
  return view;
}

/** The view of an organization with provider entries of its own: what they reach can be called, at whatever price. */
export function withOwnEntries(
  view: CatalogView,
  entries: readonly ConfiguredEntry[],
  at: Date,
): CatalogView {
  if (entries.length === 0) return view;
  const own = Map.groupBy(entries, ({ providerId }) => providerId);
  const isOwn = (model: ViewedModel, offer: ViewedOffer) =>
    model.status !== 'retired' &&
    isSold(offer, at) &&
    (own.get(offer.providerId) ?? []).some((entry) => reaches(entry, offer));
  return new Map(
    [...view].map(([id, model]) => {
      if (!model.offers.some((offer) => !offer.callable && isOwn(model, offer))) return [id, model];
      const offers = model.offers.map((offer) => ({
        ...offer,
        callable: offer.callable || isOwn(model, offer),
      }));
      return [id, { ...model, offers }];
    }),
  );
}

/** Routed to without asking for it by `:free`. */
function isSold(offer: Offer, at: Date): boolean {
  return (
    offer.status === 'active' && offer.billing === 'paygo' && (offer.endsAt === null || at < offer.endsAt)
  );
}

/** What of a provider entry decides what it reaches. */
export const CONFIGURED = {
  providerId: true,
  protocol: true,
  _count: { select: { credentials: true } },
} as const;

interface ConfiguredEntry {
  providerId: string;
  protocol: string;
  _count: { credentials: number };
}

/** Doors exist for chat, which reaches an offer by any endpoint that the provider's adapter can chat through. */
function reaches(entry: ConfiguredEntry, offer: Offer): boolean {
  const adapter = adapterOf(entry.providerId) ?? adapterOfProtocol(entry.protocol);
  if (!adapter || !chatFor(adapter, offer)) return false;
  return entry._count.credentials > 0 || adapter.auth.type === 'optional-bearer';
}
