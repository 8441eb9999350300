import type { AssistantMessage, ChatMessage, ContentPart, DrawnImage } from '@trunkline/contracts';

/** Says where the pictures behind it come from, and stands for them where an answer has nothing else. */
const NOTE = '[images of the assistant]';

/**
 * A conversation for targets that take no pictures from an assistant: those that it drew stand at the end of what the user
 * says next. Every message keeps its place, since refusals name it by that.
 * @returns the client's own array where nothing was drawn
 */
export function withDrawnImagesShown(messages: readonly ChatMessage[]): readonly ChatMessage[] {
  if (!messages.some((message) => hasDrawn(message) || hasNone(message))) return messages;
  const shown: ChatMessage[] = [];
  let waiting: DrawnImage[] = [];
  for (const message of messages) {
    if (hasDrawn(message)) {
      waiting.push(...(message.images ?? []));
      shown.push(withoutImages(message));
    } else if (message.role === 'user' && waiting.length > 0) {
      shown.push({ ...message, content: [...partsOf(message.content), ...imageParts(waiting)] });
      waiting = [];
    } else shown.push(hasNone(message) ? withoutImages(message) : message);
  }
  if (waiting.length > 0) shown.push({ role: 'user', content: imageParts(waiting) });
  return shown;
}

function hasDrawn(message: ChatMessage): message is AssistantMessage {
  return message.role === 'assistant' && Boolean(message.images?.length);
}

/** The field is there and says nothing. */
function hasNone(message: ChatMessage): message is AssistantMessage {
  return message.role === 'assistant' && message.images !== undefined && !message.images?.length;
}

/** Without a word the turn would be empty, which many refuse. */
function withoutImages({ images, ...message }: AssistantMessage): AssistantMessage {
  if (!images?.length) return message;
  const isEmpty = !message.content?.length && !message.tool_calls?.length && !message.function_call;
  return isEmpty ? { ...message, content: NOTE } : message;
}

function imageParts(images: readonly DrawnImage[]): ContentPart[] {
  return [
    { type: 'text', text: NOTE },
    ...images.map(({ image_url: { url } }): ContentPart => ({ type: 'image_url', image_url: { url } })),
  ];
}

function partsOf(content: string | ContentPart[]): ContentPart[] {
  if (typeof content !== 'string') return content;
  return content === '' ? [] : [{ type: 'text', text: content }];
}
