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

/**
 * How to chat with an offer: the provider's own way where the offer has its endpoint, else another way that it has.
 * @returns undefined where the adapter speaks none of the offer's endpoints
 */
export function chatFor(adapter: ProviderAdapter, endpoints: readonly string[]): ChatAdapter | undefined {
  const { chat, chatVia = {} } = adapter;
  if (chat && endpoints.includes(ENDPOINT_OF_PROTOCOL[chat.protocol])) return chat;
  return Object.entries(chatVia).find(([endpoint]) => endpoints.includes(endpoint))?.[1];
}
