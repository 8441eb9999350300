import type { ChatAdapter } from './types.js';

/**
 * The same way to chat for one call, whose answers say the model where the provider's do not.
 * @param model as the provider was asked for it
 */
export function namingModel(chat: ChatAdapter, model: string): ChatAdapter {
  if (chat.namesModel !== false) return chat;
  return {
    ...chat,
    parseAnswer: (body) => {
      const parsed = chat.parseAnswer(body);
      return parsed.kind === 'answer' ? { ...parsed, answer: { ...parsed.answer, model } } : parsed;
    },
    decoder: (options) => {
      const decoder = chat.decoder(options);
      const push = decoder.push.bind(decoder);
      decoder.push = (frame) =>
        push(frame).map((event) => (event.type === 'start' ? { ...event, model } : event));
      return decoder;
    },
  };
}
