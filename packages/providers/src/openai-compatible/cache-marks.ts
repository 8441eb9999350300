import type { ChatMessage, ChatTool } from '@trunkline/contracts';

/**
 * Leaves the last cache marks of a request in the order of its prefix (tools, then messages): more than the provider's
 * most are an error, and a later mark covers what an earlier one does. What was the client's is not changed.
 * @returns whether any was taken out
 */
export function limitCacheMarks(
  body: { messages?: ChatMessage[]; tools?: ChatTool[] },
  most: number,
): boolean {
  const { messages = [], tools = [] } = body;
  const marked = [
    ...tools,
    ...messages.flatMap((message) =>
      Array.isArray(message.content) ? [message, ...message.content] : [message],
    ),
  ].filter(isMarked);
  const tooMany = new Set<object>(marked.slice(0, Math.max(0, marked.length - most)));
  if (tooMany.size === 0) return false;
  if (tools.length > 0) body.tools = tools.map((tool) => without(tool, tooMany));
  body.messages = messages.map((message) => {
    const own = without(message, tooMany);
    if (!Array.isArray(own.content)) return own;
    return { ...own, content: own.content.map((part) => without(part, tooMany)) } as ChatMessage;
  });
  return true;
}

function isMarked(value: object): boolean {
  return 'cache_control' in value && Boolean(value.cache_control);
}

/** Guarantee: nothing is taken out but the mark, which every such type has as an option. */
function without<Marked extends object>(value: Marked, tooMany: ReadonlySet<object>): Marked {
  if (!tooMany.has(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([key]) => key !== 'cache_control')) as Marked;
}
