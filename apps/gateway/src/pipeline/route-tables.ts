import { Injectable } from '@nestjs/common';
import type { ChatRequest, OfferProjection, ProviderEntryProjection } from '@trunkline/contracts';
import type { ChatAdapter, EndpointAdapters } from '@trunkline/providers';
import { CandidateIndex, type RoutingCatalog } from '@trunkline/routing';
import { Adapters, type Reach } from '../upstream/adapters.js';
import type { CatalogSnapshot, Principal } from './ports.js';
import { TargetSpeeds } from '../failover/target-speeds.js';

/** A catalog as one caller sees it, and what routing compiled of it. */
export interface RouteView {
  readonly catalog: RoutingCatalog;
  readonly index: CandidateIndex;
}

interface Compiled {
  readonly snapshot: CatalogSnapshot;
  readonly shared: RouteView;
  /** Of projects that have entries of their own, by project id. */
  readonly own: Map<string, RouteView>;
}

/** More projects with own entries than a process serves at a time; the first ones are compiled again when they call. */
const MAX_OWN_VIEWS = 2_000;

/** What routing compiles once per catalog snapshot, and what this process has measured. */
@Injectable()
export class RouteTables {
  private readonly compiled = new Map<Reach, Compiled>();

  constructor(
    private readonly adapters: Adapters,
    readonly speeds: TargetSpeeds,
  ) {}

  /**
   * The snapshot with the caller's own entries beside the platform's; the same object for all who have none.
   * @param reach what the call is to reach
   */
  viewOf(snapshot: CatalogSnapshot, { organization, project }: Principal, reach: Reach = 'chat'): RouteView {
    const compiled = this.compile(snapshot, reach);
    const entries = (snapshot.ownEntries.get(organization.id) ?? []).filter(
      ({ projectId }) => (projectId ?? project.id) === project.id,
    );
    if (entries.length === 0) return compiled.shared;
    const known = compiled.own.get(project.id);
    if (known) return known;
    const view = this.viewWith(snapshot, entries, reach);
    if (compiled.own.size >= MAX_OWN_VIEWS) compiled.own.clear();
    compiled.own.set(project.id, view);
    return view;
  }

  private compile(snapshot: CatalogSnapshot, reach: Reach): Compiled {
    const known = this.compiled.get(reach);
    if (known?.snapshot === snapshot) return known;
    const index = new CandidateIndex(snapshot, this.adapters.reaching(reach));
    const compiled = { snapshot, shared: { catalog: snapshot, index }, own: new Map() };
    this.compiled.set(reach, compiled);
    return compiled;
  }

  private viewWith(
    snapshot: CatalogSnapshot,
    own: readonly ProviderEntryProjection[],
    reach: Reach,
  ): RouteView {
    const entries = new Map(snapshot.entries);
    for (const entry of own) entries.set(entry.providerId, [entry, ...(entries.get(entry.providerId) ?? [])]);
    const catalog = { ...snapshot, entries };
    return { catalog, index: new CandidateIndex(catalog, this.adapters.reaching(reach)) };
  }

  /** What an entry's provider has beside chat. */
  endpointsOf(entry: ProviderEntryProjection): EndpointAdapters {
    return this.adapters.of(entry)?.endpoints ?? {};
  }

  /** Whether the target can be spoken to in this protocol. */
  speaks(entry: ProviderEntryProjection, offer: OfferProjection, protocol: ChatAdapter['protocol']): boolean {
    return this.adapters.chatOf(entry, offer, protocol)?.protocol === protocol;
  }

  /** Parameters of the request that the target would not get. */
  unsupported(
    entry: ProviderEntryProjection,
    offer: OfferProjection,
    request: ChatRequest,
    protocol: ChatAdapter['protocol'],
  ): readonly string[] {
    return this.adapters.chatOf(entry, offer, protocol)?.unsupported(request, offer.providerModel) ?? [];
  }
}
