import { Injectable } from '@nestjs/common';
import { loadAuthors } from '@trunkline/catalog';
import type { Endpoint, OfferProjection, ProviderEntryProjection } from '@trunkline/contracts';
import { adapterOf, type ChatAdapter, type ProviderAdapter } from '@trunkline/providers';
import type { ProviderFacts } from '@trunkline/routing';

/** Which endpoint an offer must have for an adapter's protocol to reach it. */
const ENDPOINT_OF_PROTOCOL: Record<ChatAdapter['protocol'], Endpoint> = {
  'openai-chat': 'chat',
  'anthropic-messages': 'messages',
};

/** Finds the adapter of a configured entry, and answers what routing wants to know about providers. */
@Injectable()
export class Adapters implements ProviderFacts {
  private readonly makers = new Map(loadAuthors().map(({ id, providers }) => [id, new Set(providers)]));

  /** The provider's own adapter, else the one that its protocol is named after. */
  of(entry: ProviderEntryProjection): ProviderAdapter | undefined {
    return adapterOf(entry.providerId) ?? adapterOf(entry.protocol);
  }

  chatOf(entry: ProviderEntryProjection): ChatAdapter | undefined {
    return this.of(entry)?.chat;
  }

  reaches(entry: ProviderEntryProjection, offer: OfferProjection): boolean {
    const chat = this.chatOf(entry);
    return chat !== undefined && offer.endpoints.includes(ENDPOINT_OF_PROTOCOL[chat.protocol]);
  }

  needsCredential(entry: ProviderEntryProjection): boolean {
    return this.of(entry)?.auth.type !== 'optional-bearer';
  }

  isMaker(author: string, providerId: string): boolean {
    return this.makers.get(author)?.has(providerId) ?? false;
  }
}
