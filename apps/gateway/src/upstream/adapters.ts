import { Injectable } from '@nestjs/common';
import { loadAuthors } from '@trunkline/catalog';
import type { OfferProjection, ProviderEntryProjection } from '@trunkline/contracts';
import {
  adapterOf,
  adapterOfProtocol,
  chatFor,
  type ChatAdapter,
  type ProviderAdapter,
} from '@trunkline/providers';
import type { ProviderFacts } from '@trunkline/routing';

/** Finds the adapter of a configured entry, and answers what routing wants to know about providers. */
@Injectable()
export class Adapters implements ProviderFacts {
  private readonly makers = new Map(loadAuthors().map(({ id, providers }) => [id, new Set(providers)]));

  /** The provider's own adapter, else its protocol's without any provider's quirks. */
  of(entry: ProviderEntryProjection): ProviderAdapter | undefined {
    return adapterOf(entry.providerId) ?? adapterOfProtocol(entry.protocol);
  }

  /** @param preferred protocol of the client, spoken where the offer has it */
  chatOf(
    entry: ProviderEntryProjection,
    offer: OfferProjection,
    preferred?: ChatAdapter['protocol'],
  ): ChatAdapter | undefined {
    const adapter = this.of(entry);
    return adapter && chatFor(adapter, offer, preferred);
  }

  reaches(entry: ProviderEntryProjection, offer: OfferProjection): boolean {
    return this.chatOf(entry, offer) !== undefined;
  }

  needsCredential(entry: ProviderEntryProjection): boolean {
    return this.of(entry)?.auth.type !== 'optional-bearer';
  }

  isMaker(author: string, providerId: string): boolean {
    return this.makers.get(author)?.has(providerId) ?? false;
  }
}
