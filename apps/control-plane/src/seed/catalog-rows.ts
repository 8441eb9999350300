import { type Catalog, type CatalogModel, offerEndsAt, offerId } from '@trunkline/catalog';
import type { Model, ModelName, Offer } from '@trunkline/prisma';

/** The catalog's models as rows. */
export function modelRows(catalog: Catalog): Model[] {
  return catalog.models.map((model) => ({
    id: model.id,
    name: model.name,
    author: model.author,
    family: model.family,
    kind: model.kind,
    status: model.status,
    description: null,
    releasedAt: releaseDay(model.releaseDate),
    contextWindow: model.contextWindow,
    maxOutputTokens: model.maxOutputTokens,
    inputModalities: model.inputModalities,
    outputModalities: model.outputModalities,
    capabilities: capabilitiesOf(model),
  }));
}

/** The beginning of what a source knows: a year, a month or a day. */
function releaseDay(date: string | null): Date | null {
  if (date === null) return null;
  const [year, month = '01', day = '01'] = date.split('-');
  return new Date(`${year}-${month}-${day}T00:00:00.000Z`);
}

function capabilitiesOf({ capabilities }: CatalogModel): Record<string, boolean | null> {
  return capabilities ? { ...capabilities } : {};
}

export function offerRows(catalog: Catalog): Offer[] {
  return catalog.models.flatMap((model) =>
    model.offers.map((offer) => ({
      id: offerId(model, offer),
      modelId: model.id,
      providerId: offer.provider,
      providerModel: offer.providerModel,
      endpoints: offer.endpoints,
      prefill: offer.prefill,
      contextWindow: offer.contextWindow,
      maxOutputTokens: offer.maxOutputTokens,
      billing: offer.billing,
      status: offer.status,
      endsAt: offerEndsAt(offer),
    })),
  );
}

export function nameRows(catalog: Catalog): ModelName[] {
  return catalog.names.map(({ name, modelId, sendAs, onlyAt }) => ({
    name,
    modelId,
    sendAs,
    onlyAt: onlyAt ?? [],
  }));
}
