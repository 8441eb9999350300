import type { CallNames, ChatAdapter } from './types.js';

/**
 * The same way to chat for one call, whose answers say id and model where the provider's do not. Whose model it is also
 * tells whose state comes with an answer.
 * @param model as the provider was asked for it
 * @param id for answers that have none
 */
export function namingModel(chat: ChatAdapter, model: string, id = ''): ChatAdapter {
  if (chat.namesModel !== false) return chat;
  const names: CallNames = { id, model };
  return {
    ...chat,
    parseAnswer: (body) => {
      const parsed = chat.parseAnswer(body, names);
      if (parsed.kind === 'failed') return parsed;
      return { ...parsed, answer: { ...parsed.answer, ...named(parsed.answer, names) } };
    },
    decoder: (options) => {
      const decoder = chat.decoder({ ...options, names });
      const push = decoder.push.bind(decoder);
      decoder.push = (frame) =>
        push(frame).map((event) => (event.type === 'start' ? { ...event, ...named(event, names) } : event));
      return decoder;
    },
  };
}

function named({ id }: { id: string }, names: CallNames): CallNames {
  return { id: id || names.id, model: names.model };
}
