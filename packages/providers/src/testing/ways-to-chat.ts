import { allAdapters } from '../registry.js';
import type { ChatAdapter, ProviderAdapter } from '../types.js';

export type WayToChat = [fixtureId: string, adapter: ProviderAdapter, chat: ChatAdapter];

/**
 * Every way to chat that the registry has. A provider's own has its examples under its id, another one under
 * `<id>.<endpoint>` or its name.
 */
export const WAYS_TO_CHAT: readonly WayToChat[] = allAdapters().flatMap((adapter): WayToChat[] => {
  const { id, chat, chatVia = {}, chatOfModels = [] } = adapter;
  return [
    ...(chat ? ([[id, adapter, chat]] satisfies WayToChat[]) : []),
    ...Object.entries(chatVia).map(([endpoint, way]): WayToChat => [`${id}.${endpoint}`, adapter, way]),
    ...chatOfModels.map(({ name, chat: way }): WayToChat => [`${id}.${name}`, adapter, way]),
  ];
});

/** What stands in the last frame of a good answer that says so. */
export const ENDING: Readonly<Record<ChatAdapter['protocol'], string>> = {
  'openai-chat': '"finish_reason":"',
  'openai-responses': 'response.completed',
  'anthropic-messages': 'message_stop',
  'gemini-generate': '"finishReason":"',
  'cohere-chat': 'message-end',
  'bedrock-converse': 'messageStop',
};
