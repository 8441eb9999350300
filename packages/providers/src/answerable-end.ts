import type { ChatMessage, SystemMessage } from '@trunkline/contracts';

/**
 * A conversation for targets whose instructions stand before it: those at its end, behind an answer, are said by the user
 * instead. Without them the conversation would end with that answer, to be gone on with.
 * @returns the client's own array where it ends otherwise; every message keeps its place
 */
export function withAnswerableEnd(messages: readonly ChatMessage[]): readonly ChatMessage[] {
  const last = messages.findLastIndex((message) => !isInstruction(message));
  if (last < 0 || last === messages.length - 1 || messages[last]?.role !== 'assistant') return messages;
  return messages.map((message, i) => {
    if (i <= last || !isInstruction(message)) return message;
    return { ...message, role: 'user' };
  });
}

function isInstruction(message: ChatMessage): message is SystemMessage {
  return message.role === 'system' || message.role === 'developer';
}
