import type { Endpoint } from '@trunkline/contracts';
import type { ChatAdapter, ProviderAdapter } from './types.js';

/** Which endpoint an offer must have for an adapter's protocol to reach it. */
const ENDPOINT_OF_PROTOCOL: Readonly<Record<ChatAdapter['protocol'], Endpoint>> = {
  'openai-chat': 'chat',
  'openai-responses': 'responses',
  'anthropic-messages': 'messages',
  'gemini-generate': 'chat',
  'cohere-chat': 'chat',
  'bedrock-converse': 'chat',
};

/** What of an offer decides how to chat with it. */
export interface ChatOffer {
  readonly endpoints: readonly string[];
  /** The provider's name for the model. */
  readonly providerModel: string;
}

/**
 * How to chat with an offer, the best way first: the one that speaks the client's protocol where the offer has its
 * endpoint, since nothing is lost by it; else the provider's own (or the one that it has for such models); then the others
 * that it has, for requests that the first cannot say.
 * @param preferred protocol of the client
 * @returns none where the adapter speaks none of the offer's endpoints
 */
export function chatsFor(
  adapter: ProviderAdapter,
  { endpoints, providerModel }: ChatOffer,
  preferred?: ChatAdapter['protocol'],
): readonly ChatAdapter[] {
  const { chatVia = {}, chatOfModels = [] } = adapter;
  const own = chatOfModels.find(({ models }) => models.test(providerModel))?.chat ?? adapter.chat;
  const isOwnOffered = own !== undefined && endpoints.includes(ENDPOINT_OF_PROTOCOL[own.protocol]);
  const others = Object.entries(chatVia)
    .filter(([endpoint]) => endpoints.includes(endpoint))
    .map(([, chat]) => chat);
  const ways = isOwnOffered ? [own, ...others] : others;
  const speaking = ways.find(({ protocol }) => protocol === preferred);
  return speaking ? [speaking, ...ways.filter((way) => way !== speaking)] : ways;
}

/** The best of these ways; undefined where there is none. */
export function chatFor(
  adapter: ProviderAdapter,
  offer: ChatOffer,
  preferred?: ChatAdapter['protocol'],
): ChatAdapter | undefined {
  return chatsFor(adapter, offer, preferred)[0];
}
