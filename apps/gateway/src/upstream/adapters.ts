import { Injectable } from '@nestjs/common';
import { loadAuthors } from '@trunkline/catalog';
import type { OfferProjection, ProviderEntryProjection } from '@trunkline/contracts';
import {
  adapterOf,
  adapterOfProtocol,
  chatFor,
  chatsFor,
  endpointFor,
  type ChatAdapter,
  type EndpointAdapters,
  type ProviderAdapter,
} from '@trunkline/providers';
import { isUnlistedOffer, type ProviderFacts } from '@trunkline/routing';

export type EndpointName = keyof EndpointAdapters;
/** What calls are to reach: chat, one of the endpoints beside it, or anything that there is a door for. */
export type Reach = 'chat' | EndpointName | 'any';

const ENDPOINT_NAMES = Object.keys({
  completions: true,
  embeddings: true,
  rerank: true,
  moderations: true,
  images: true,
  speech: true,
  transcriptions: true,
} satisfies Record<EndpointName, true>) as EndpointName[];

/** Finds the adapter of a configured entry, and answers what routing wants to know about providers. */
@Injectable()
export class Adapters implements ProviderFacts {
  private readonly makers = new Map(loadAuthors().map(({ id, providers }) => [id, new Set(providers)]));

  /** The provider's own adapter, else its protocol's without any provider's quirks. */
  of(entry: ProviderEntryProjection): ProviderAdapter | undefined {
    return adapterOf(entry.providerId) ?? adapterOfProtocol(entry.protocol);
  }

  /** @param preferred protocol of the client, spoken where the offer is known to have it */
  chatOf(
    entry: ProviderEntryProjection,
    offer: OfferProjection,
    preferred?: ChatAdapter['protocol'],
  ): ChatAdapter | undefined {
    const adapter = this.of(entry);
    return adapter && chatFor(adapter, offer, isUnlistedOffer(offer) ? undefined : preferred);
  }

  /** The same with the others that the offer has behind it, for requests that the first cannot say. */
  chatsOf(
    entry: ProviderEntryProjection,
    offer: OfferProjection,
    preferred: ChatAdapter['protocol'],
  ): readonly ChatAdapter[] {
    const adapter = this.of(entry);
    return adapter ? chatsFor(adapter, offer, isUnlistedOffer(offer) ? undefined : preferred) : [];
  }

  /** An endpoint beside chat. */
  endpointOf<Name extends EndpointName>(
    entry: ProviderEntryProjection,
    offer: OfferProjection,
    name: Name,
  ): EndpointAdapters[Name] | undefined {
    const adapter = this.of(entry);
    return adapter && endpointFor(adapter, name, offer.endpoints);
  }

  reaches(entry: ProviderEntryProjection, offer: OfferProjection): boolean {
    return this.chatOf(entry, offer) !== undefined;
  }

  /** The same facts for calls of another kind. */
  reaching(reach: Reach): ProviderFacts {
    if (reach === 'chat') return this;
    return {
      reaches: (entry, offer) =>
        reach === 'any'
          ? this.reaches(entry, offer) || ENDPOINT_NAMES.some((name) => this.endpointOf(entry, offer, name))
          : this.endpointOf(entry, offer, reach) !== undefined,
      needsCredential: (entry) => this.needsCredential(entry),
      isMaker: (author, providerId) => this.isMaker(author, providerId),
    };
  }

  needsCredential(entry: ProviderEntryProjection): boolean {
    return this.of(entry)?.auth.type !== 'optional-bearer';
  }

  isMaker(author: string, providerId: string): boolean {
    return this.makers.get(author)?.has(providerId) ?? false;
  }
}
