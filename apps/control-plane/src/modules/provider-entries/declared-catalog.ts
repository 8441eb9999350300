import { catalogOffer, type CatalogOffer } from '@trunkline/catalog';
import type { DeclaredProvider } from '@trunkline/config-file';
import { ENDPOINTS } from '@trunkline/contracts';
import type { Model, Offer } from '@trunkline/prisma';

/** What of a provider decides what it adds to the catalog. */
export type AddedProvider = Pick<DeclaredProvider, 'id' | 'unlistedModels' | 'defaultPrice' | 'models'>;

/** What the configuration file, or an operator, adds to the catalog: rows, and the offers whose prices the book is to have. */
export interface DeclaredCatalog {
  models: Model[];
  offers: Offer[];
  priced: { id: string; offer: CatalogOffer }[];
}

/** Every name of a provider that lists none: one row to hold the price that its calls pin. */
const UNLISTED = '*';
/** Status of that row, by which lists leave it out. */
const UNLISTED_STATUS = 'unlisted';

/**
 * Models and offers that are declared and no catalog's. They have no family, by which they are told from the catalog's own: nobody
 * knows more about them than their name.
 */
export function declaredCatalog(providers: readonly AddedProvider[]): DeclaredCatalog {
  const declared: DeclaredCatalog = { models: [], offers: [], priced: [] };
  for (const provider of providers) {
    for (const model of provider.models) addModel(declared, provider, { ...model, status: 'current' });
    if (provider.unlistedModels === 'allow')
      addModel(declared, provider, { name: UNLISTED, status: UNLISTED_STATUS });
  }
  return declared;
}

interface AddedModel {
  name: string;
  status: string;
  price?: CatalogOffer['prices'] | undefined;
  contextWindow?: number | undefined;
  maxOutputTokens?: number | undefined;
}

function addModel(declared: DeclaredCatalog, provider: AddedProvider, model: AddedModel): void {
  const id = `${provider.id}/${model.name}`;
  const limits = {
    contextWindow: model.contextWindow ?? null,
    maxOutputTokens: model.maxOutputTokens ?? null,
  };
  declared.models.push({
    id,
    name: model.name === UNLISTED ? `Unlisted models of ${provider.id}` : model.name,
    author: provider.id,
    family: null,
    kind: 'chat',
    status: model.status,
    description: null,
    releasedAt: null,
    ...limits,
    inputModalities: ['text', 'image', 'audio', 'video', 'pdf'],
    outputModalities: ['text'],
    capabilities: {},
  });
  const offer = catalogOffer.parse({
    provider: provider.id,
    providerModel: model.name,
    status: 'active',
    billing: 'paygo',
    endpoints: [...ENDPOINTS],
    ...limits,
    prices: model.price ?? provider.defaultPrice,
    sources: ['configuration file'],
  });
  const offerId = `${id}@${provider.id}`;
  const { endpoints, prefill, status, billing, providerModel } = offer;
  const row = {
    id: offerId,
    modelId: id,
    providerId: provider.id,
    providerModel,
    endpoints,
    prefill,
    status,
    billing,
  };
  declared.offers.push({ ...row, ...limits, endsAt: null });
  declared.priced.push({ id: offerId, offer });
}
