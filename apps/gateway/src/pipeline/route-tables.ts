import { Injectable } from '@nestjs/common';
import type { ChatRequest, OfferProjection, ProviderEntryProjection } from '@trunkline/contracts';
import { CandidateIndex } from '@trunkline/routing';
import { Adapters } from '../upstream/adapters.js';
import type { CatalogSnapshot } from './ports.js';
import { TargetSpeeds } from '../failover/target-speeds.js';

/** What routing compiles once per catalog snapshot, and what this process has measured. */
@Injectable()
export class RouteTables {
  private compiled: { catalog: CatalogSnapshot; index: CandidateIndex } | null = null;

  constructor(
    private readonly adapters: Adapters,
    readonly speeds: TargetSpeeds,
  ) {}

  indexOf(catalog: CatalogSnapshot): CandidateIndex {
    if (this.compiled?.catalog === catalog) return this.compiled.index;
    const index = new CandidateIndex(catalog, this.adapters);
    this.compiled = { catalog, index };
    return index;
  }

  /** Parameters of the request that the target would not get. */
  unsupported(
    entry: ProviderEntryProjection,
    offer: OfferProjection,
    request: ChatRequest,
  ): readonly string[] {
    return this.adapters.chatOf(entry, offer)?.unsupported(request, offer.providerModel) ?? [];
  }
}
