import type {
  ModelProjection,
  OfferProjection,
  PriceVersionProjection,
  ProviderEntryProjection,
} from '@trunkline/contracts';
import { CandidateIndex } from '../candidates.js';
import type { ProviderFacts, RoutingCatalog } from '../catalog-view.js';

/** A catalog of a few invented models, for tests. */
export interface SmallCatalog {
  readonly catalog: RoutingCatalog;
  readonly index: CandidateIndex;
}

interface OfferSketch {
  readonly model: string;
  readonly provider: string;
  readonly providerModel?: string;
  readonly inputUsd?: number;
  readonly outputUsd?: number;
  readonly billing?: OfferProjection['billing'];
  readonly status?: OfferProjection['status'];
  readonly contextWindow?: number;
  readonly endpoints?: OfferProjection['endpoints'];
  readonly unpriced?: boolean;
}

interface CatalogSketch {
  readonly models: readonly (Partial<ModelProjection> & { id: string })[];
  readonly offers: readonly OfferSketch[];
  readonly names?: readonly {
    name: string;
    modelId: string;
    sendAs?: Record<string, string>;
    onlyAt?: string[];
  }[];
  readonly providers: readonly string[];
  /** The caller's own entries, and entries of the platform beside the plain ones. */
  readonly entries?: readonly (Partial<ProviderEntryProjection> & { providerId: string })[];
  /** Providers of the platform whose unlisted models have a price. */
  readonly pricedUnlisted?: readonly string[];
}

const facts: ProviderFacts = {
  reaches: (_entry, offer) => offer.endpoints.includes('chat'),
  needsCredential: () => true,
  isMaker: (author, providerId) => author === providerId,
};

export function smallCatalog(sketch: CatalogSketch): SmallCatalog {
  const offers = sketch.offers.map(offerOf);
  const unpriced = new Set(
    sketch.offers.filter((offer) => offer.unpriced).map((offer) => `${offer.model}@${offer.provider}`),
  );
  const unlisted = (sketch.pricedUnlisted ?? []).map((provider) => ({ model: `${provider}/*`, provider }));
  const prices = new Map(
    [...sketch.offers, ...unlisted].map((offer) => [`${offer.model}@${offer.provider}`, priceOf(offer)]),
  );
  const entries = [
    ...sketch.providers.map((provider) => entryOf(provider)),
    ...(sketch.entries ?? []).map(ownEntry),
  ];
  const catalog: RoutingCatalog = {
    models: new Map(sketch.models.map((model) => [model.id, modelOf(model)])),
    offersByModel: Map.groupBy(offers, (offer) => offer.modelId),
    names: new Map((sketch.names ?? []).map((name) => [name.name, { sendAs: {}, ...name }])),
    entries: Map.groupBy(entries, ({ providerId }) => providerId),
    priceOf: (offerId) => (unpriced.has(offerId) ? null : (prices.get(offerId) ?? null)),
  };
  return { catalog, index: new CandidateIndex(catalog, facts) };
}

function modelOf(model: Partial<ModelProjection> & { id: string }): ModelProjection {
  return {
    name: model.id,
    author: model.id.split('/')[0] ?? '',
    kind: 'chat',
    description: null,
    createdSeconds: 0,
    contextWindow: 128_000,
    maxOutputTokens: 16_384,
    inputModalities: ['text'],
    outputModalities: ['text'],
    capabilities: { tools: true },
    retired: false,
    ...model,
  };
}

function offerOf(offer: OfferSketch): OfferProjection {
  return {
    id: `${offer.model}@${offer.provider}`,
    modelId: offer.model,
    providerId: offer.provider,
    providerModel: offer.providerModel ?? offer.model.split('/')[1] ?? offer.model,
    endpoints: offer.endpoints ?? ['chat'],
    contextWindow: offer.contextWindow ?? null,
    maxOutputTokens: null,
    billing: offer.billing ?? 'paygo',
    status: offer.status ?? 'active',
  };
}

function priceOf(offer: OfferSketch): PriceVersionProjection {
  const nano = (usd: number) => String(Math.round(usd * 1e9));
  return {
    id: `price of ${offer.model}@${offer.provider}`,
    offerId: `${offer.model}@${offer.provider}`,
    side: 'sell',
    pricePlanId: 'standard',
    effectiveFromMs: 0,
    effectiveToMs: null,
    terms: {
      prices: { 'input.text': nano(offer.inputUsd ?? 1), 'output.text': nano(offer.outputUsd ?? 2) },
      completed: [],
      tiers: [],
      hours: [],
    },
  };
}

function entryOf(provider: string): ProviderEntryProjection {
  return {
    id: `entry-${provider}`,
    providerId: provider,
    organizationId: null,
    protocol: 'openai',
    baseUrl: `https://${provider}.example/v1`,
    region: null,
    enabled: true,
    credentials: [{ id: `credential-${provider}`, ciphertext: '' }],
  };
}

function ownEntry(entry: Partial<ProviderEntryProjection> & { providerId: string }): ProviderEntryProjection {
  const plain = entryOf(entry.providerId);
  const id = `own-${entry.providerId}`;
  return { ...plain, id, credentials: [{ id: `${id}-credential`, ciphertext: '' }], ...entry };
}
