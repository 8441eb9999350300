import type { ModelProjection, OfferProjection, ProviderEntryProjection } from '@trunkline/contracts';
import type { ProviderFacts, RoutingCatalog } from './catalog-view.js';
import type { LeftOut } from './plan.js';

/** An offer through one credential of one entry, before any request is known. */
export interface Candidate {
  readonly key: string;
  readonly model: ModelProjection;
  readonly offer: OfferProjection;
  readonly entry: ProviderEntryProjection;
  readonly credentialId: string | null;
  readonly isMakers: boolean;
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

  private compile(model: ModelProjection): ModelCandidates {
    const candidates: Candidate[] = [];
    const leftOut: LeftOut[] = [];
    let longestContext: number | null = null;
    for (const offer of this.catalog.offersByModel.get(model.id) ?? []) {
      const entries = this.catalog.entries.get(offer.providerId) ?? [];
      if (model.retired || offer.status !== 'active') {
        leftOut.push({ offerId: offer.id, entryId: null, reason: 'inactive' });
        continue;
      }
      if (entries.length === 0) leftOut.push({ offerId: offer.id, entryId: null, reason: 'not_configured' });
      for (const entry of entries) {
        if (!this.facts.reaches(entry, offer)) {
          leftOut.push({ offerId: offer.id, entryId: entry.id, reason: 'no_adapter' });
          continue;
        }
        const credentials: readonly (string | null)[] = credentialsOf(entry, this.facts);
        if (credentials.length === 0) {
          leftOut.push({ offerId: offer.id, entryId: entry.id, reason: 'no_credential' });
          continue;
        }
        const context = offer.contextWindow ?? model.contextWindow;
        if (context !== null && context > (longestContext ?? 0)) longestContext = context;
        for (const id of credentials) {
          candidates.push({
            key: `${offer.id}|${entry.id}|${id ?? ''}`,
            model,
            offer,
            entry,
            credentialId: id,
            isMakers: this.facts.isMaker(model.author, offer.providerId),
          });
        }
      }
    }
    return { candidates, leftOut, longestContext };
  }
}

function credentialsOf(entry: ProviderEntryProjection, facts: ProviderFacts): (string | null)[] {
  if (entry.credentials.length > 0) return entry.credentials.map(({ id }) => id);
  return facts.needsCredential(entry) ? [] : [null];
}
