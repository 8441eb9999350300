import type { ChatMessage, ContentPart, ToolMessage, UserMessage } from '@trunkline/contracts';

/**
 * Results of tools as this protocol knows them: text alone, and no word for a failed one. Media that a result brings go
 * into a user's message behind the results of the turn, which must follow their calls without a gap.
 * https://platform.openai.com/docs/api-reference/chat/create#chat_create-messages-tool_message
 */
export function plainToolResults(messages: ChatMessage[]): ChatMessage[] {
  if (!messages.some(needsChange)) return messages;
  const written: ChatMessage[] = [];
  let shown: ContentPart[] = [];
  for (const message of messages) {
    if (message.role !== 'tool') {
      if (shown.length > 0) written.push(userMessage(shown));
      shown = [];
      written.push(message);
      continue;
    }
    const media = mediaOf(message);
    if (media.length > 0) shown.push({ type: 'text', text: captionOf(message) }, ...media);
    written.push(textOnly(message, media));
  }
  if (shown.length > 0) written.push(userMessage(shown));
  return written;
}

function needsChange(message: ChatMessage): boolean {
  if (message.role !== 'tool') return false;
  return message.is_error !== undefined || mediaOf(message).length > 0 || onlyText(message.content) !== null;
}

/** A list with one unmarked text is that text: some providers take no lists here. */
function onlyText(content: ToolMessage['content']): string | null {
  const [only] = Array.isArray(content) && content.length === 1 ? content : [];
  return only?.type === 'text' && !only.cache_control ? only.text : null;
}

function mediaOf({ content }: ToolMessage): ContentPart[] {
  return Array.isArray(content) ? content.filter(({ type }) => type !== 'text' && type !== 'refusal') : [];
}

function textOnly(message: ToolMessage, media: readonly ContentPart[]): ToolMessage {
  const { is_error: _failed, ...rest } = message;
  if (media.length === 0 || !Array.isArray(message.content))
    return { ...rest, content: onlyText(message.content) ?? message.content };
  const text = message.content.filter((part) => !media.includes(part));
  return { ...rest, content: text.length > 0 ? (onlyText(text) ?? text) : captionOf(message) };
}

function captionOf({ tool_call_id: id }: ToolMessage): string {
  return `(Media of the result of tool call ${id})`;
}

function userMessage(content: ContentPart[]): UserMessage {
  return { role: 'user', content };
}
