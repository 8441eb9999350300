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
 * How to chat with an offer: the way that speaks the client's protocol where the offer has its endpoint, since nothing is
 * lost by it; else the provider's own (or the one that it has for such models), else another that it has.
 * @param preferred protocol of the client
 * @returns undefined where the adapter speaks none of the offer's endpoints
 */
export function chatFor(
  adapter: ProviderAdapter,
  { endpoints, providerModel }: ChatOffer,
  preferred?: ChatAdapter['protocol'],
): ChatAdapter | undefined {
  const { chatVia = {}, chatOfModels = [] } = adapter;
  const own = chatOfModels.find(({ models }) => models.test(providerModel))?.chat ?? adapter.chat;
  const isOwnOffered = own !== undefined && endpoints.includes(ENDPOINT_OF_PROTOCOL[own.protocol]);
  if (isOwnOffered && (preferred === undefined || own.protocol === preferred)) return own;
  const others = Object.entries(chatVia).filter(([endpoint]) => endpoints.includes(endpoint));
  const speaking = others.find(([, { protocol }]) => protocol === preferred);
  return speaking?.[1] ?? (isOwnOffered ? own : others[0]?.[1]);
}
