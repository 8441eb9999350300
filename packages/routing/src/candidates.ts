import type { ModelProjection, OfferProjection, ProviderEntryProjection } from '@trunkline/contracts';
import type { ProviderFacts, RoutingCatalog } from './catalog-view.js';
import type { LeftOut } from './plan.js';
import { unlistedModel, unlistedOffer } from './unlisted-models.js';

/** An offer through one credential of one entry, before any request is known. */
export interface Candidate {
  readonly key: string;
  readonly model: ModelProjection;
  readonly offer: OfferProjection;
  readonly entry: ProviderEntryProjection;
  readonly credentialId: string | null;
  readonly isMakers: boolean;
  /** The credential is the caller's own, not the platform's. */
  readonly isOwn: boolean;
  /** Place among the credentials of its entry, and their number. */
  readonly pool: { readonly place: number; readonly size: number };
}

/** What of a model can be reached at all. */
export interface ModelCandidates {
  readonly candidates: readonly Candidate[];
  readonly leftOut: readonly LeftOut[];
  /** Longest context window among the candidates; null when none says. */
  readonly longestContext: number | null;
}

const NONE: ModelCandidates = { candidates: [], leftOut: [], longestContext: null };

/**
 * The part of planning that depends on the catalog alone. Compiled once per model and snapshot, since a snapshot never
 * changes.
 */
export class CandidateIndex {
  private readonly byModel = new Map<string, ModelCandidates>();
  private readonly unlistedByProvider = new Map<string, ModelCandidates>();

  constructor(
    private readonly catalog: RoutingCatalog,
    private readonly facts: ProviderFacts,
  ) {}

  of(modelId: string): ModelCandidates {
    const known = this.byModel.get(modelId);
    if (known) return known;
    const model = this.catalog.models.get(modelId);
    const compiled = model ? this.compile(model) : NONE;
    this.byModel.set(modelId, compiled);
    return compiled;
  }

  /** Ways to a provider's models that no catalog lists. Their model is a form to be filled in. */
  ofUnlisted(providerId: string): ModelCandidates {
    const known = this.unlistedByProvider.get(providerId);
    if (known) return known;
    const found = new Findings();
    const entries = this.catalog.entries.get(providerId) ?? [];
    const taking = entries.filter((entry) => entry.unlistedModels);
    const model = unlistedModel(providerId);
    this.addOffer(found, model, unlistedOffer(providerId), taking);
    this.unlistedByProvider.set(providerId, found);
    return found;
  }

  private compile(model: ModelProjection): ModelCandidates {
    const found = new Findings();
    for (const offer of this.catalog.offersByModel.get(model.id) ?? []) {
      if (model.retired || offer.status !== 'active') {
        found.leftOut.push({ offerId: offer.id, entryId: null, reason: 'inactive' });
        continue;
      }
      this.addOffer(found, model, offer, this.catalog.entries.get(offer.providerId) ?? []);
    }
    return found;
  }

  private addOffer(
    found: Findings,
    model: ModelProjection,
    offer: OfferProjection,
    entries: readonly ProviderEntryProjection[],
  ): void {
    if (entries.length === 0)
      found.leftOut.push({ offerId: offer.id, entryId: null, reason: 'not_configured' });
    for (const entry of entries) {
      const credentials = credentialsOf(entry, this.facts);
      if (!this.facts.reaches(entry, offer) || credentials.length === 0) {
        const reason = credentials.length === 0 ? 'no_credential' : 'no_adapter';
        found.leftOut.push({ offerId: offer.id, entryId: entry.id, reason });
        continue;
      }
      const context = offer.contextWindow ?? model.contextWindow;
      if (context !== null && context > (found.longestContext ?? 0)) found.longestContext = context;
      for (const [place, id] of credentials.entries()) {
        found.candidates.push({
          key: `${offer.id}|${entry.id}|${id ?? ''}`,
          model,
          offer,
          entry,
          credentialId: id,
          isMakers: this.facts.isMaker(model.author, offer.providerId),
          isOwn: entry.organizationId !== null,
          pool: { place, size: credentials.length },
        });
      }
    }
  }
}

class Findings implements ModelCandidates {
  readonly candidates: Candidate[] = [];
  readonly leftOut: LeftOut[] = [];
  longestContext: number | null = null;
}

function credentialsOf(entry: ProviderEntryProjection, facts: ProviderFacts): (string | null)[] {
  if (entry.credentials.length > 0) return entry.credentials.map(({ id }) => id);
  return facts.needsCredential(entry) ? [] : [null];
}
