import type { NameProjection, OfferProjection } from '@trunkline/contracts';
import type { RoutingCatalog } from './catalog-view.js';
import { splitVariant, type Variant } from './variants.js';

/** A model as it was asked for. */
export interface ModelReading {
  readonly modelId: string;
  readonly variant: Variant | null;
  /** The only provider to ask, when the caller pinned one. */
  readonly pinnedProvider: string | null;
  /** The only offer to use, when the caller named it by the provider's own name. */
  readonly pinnedOffer: string | null;
  /** Row of the names table by which the model was found. */
  readonly name: NameProjection | null;
  /** The name to pass on as it is, where the pinned provider takes names that nobody lists. */
  readonly unlisted: string | null;
}

const PLAIN = { variant: null, pinnedProvider: null, pinnedOffer: null, name: null, unlisted: null };

/**
 * Reads what a caller wrote as `model`, first match wins: exact catalog id, name (bare or `author/name`),
 * `provider:rest`, `provider/rest`. Ids and names may carry one variant; of a provider that takes unlisted names, what is
 * no other's is passed on untouched. Never guesses.
 * @returns null when nothing matches
 */
export function readModelName(catalog: RoutingCatalog, text: string): ModelReading | null {
  // An alias of the tenant begins with @; without aliases it is nobody's name.
  if (text.startsWith('@')) return null;
  return readIdOrName(catalog, text) ?? readPinned(catalog, text, ':') ?? readPinned(catalog, text, '/');
}

function readIdOrName(catalog: RoutingCatalog, text: string): ModelReading | null {
  const split = splitVariant(text);
  return (
    readId(catalog, text, null) ??
    (split && readId(catalog, split.name, split.variant)) ??
    readName(catalog, text, null) ??
    (split && readName(catalog, split.name, split.variant))
  );
}

function readId(catalog: RoutingCatalog, text: string, variant: Variant | null): ModelReading | null {
  return catalog.models.has(text) ? { ...PLAIN, modelId: text, variant } : null;
}

function readName(catalog: RoutingCatalog, text: string, variant: Variant | null): ModelReading | null {
  const name = catalog.names.get(text) ?? findBehindAuthor(catalog, text);
  return name ? { ...PLAIN, modelId: name.modelId, variant, name } : null;
}

function findBehindAuthor(catalog: RoutingCatalog, text: string): NameProjection | null {
  const slash = text.indexOf('/');
  if (slash <= 0) return null;
  const name = catalog.names.get(text.slice(slash + 1));
  return name && catalog.models.get(name.modelId)?.author === text.slice(0, slash) ? name : null;
}

function readPinned(catalog: RoutingCatalog, text: string, separator: ':' | '/'): ModelReading | null {
  const at = text.indexOf(separator);
  if (at <= 0) return null;
  const provider = text.slice(0, at);
  if (!catalog.entries.has(provider)) return null;
  const rest = text.slice(at + 1);
  const reading = readIdOrName(catalog, rest);
  if (reading && offersOf(catalog, reading.modelId).some((offer) => offer.providerId === provider)) {
    return { ...reading, pinnedProvider: provider };
  }
  const offer = findOwnName(catalog, provider, rest);
  if (offer) return { ...PLAIN, modelId: offer.modelId, pinnedProvider: provider, pinnedOffer: offer.id };
  const passesOn = rest !== '' && catalog.entries.get(provider)?.some((entry) => entry.unlistedModels);
  return passesOn
    ? { ...PLAIN, modelId: `${provider}/${rest}`, pinnedProvider: provider, unlisted: rest }
    : null;
}

function offersOf(catalog: RoutingCatalog, modelId: string): readonly OfferProjection[] {
  return catalog.offersByModel.get(modelId) ?? [];
}

const ownNames = new WeakMap<RoutingCatalog['offersByModel'], Map<string, OfferProjection>>();

/** Finds an offer by the name that its provider gives the model. */
function findOwnName(
  catalog: RoutingCatalog,
  provider: string,
  providerModel: string,
): OfferProjection | null {
  let index = ownNames.get(catalog.offersByModel);
  if (!index) {
    index = new Map();
    for (const offers of catalog.offersByModel.values()) {
      for (const offer of offers) {
        const key = `${offer.providerId}\n${offer.providerModel}`;
        const known = index.get(key);
        if (!known || (known.status !== 'active' && offer.status === 'active')) index.set(key, offer);
      }
    }
    ownNames.set(catalog.offersByModel, index);
  }
  return index.get(`${provider}\n${providerModel}`) ?? null;
}
