import type { ChatMessage } from '@trunkline/contracts';

/**
 * Messages with their places, results of tools in the order of their calls: Gemini tells results of a function that was
 * called twice apart by their order, where ids say nothing to it.
 */
export function inCallOrder(messages: readonly ChatMessage[]): [place: number, message: ChatMessage][] {
  const ordered: [number, ChatMessage][] = [];
  let called = new Map<string, number>();
  let results: [number, ChatMessage][] = [];
  const orderOf = ([, message]: [number, ChatMessage]): number =>
    (message.role === 'tool' ? called.get(message.tool_call_id) : undefined) ?? called.size;
  const close = (): void => {
    ordered.push(...results.sort((left, right) => orderOf(left) - orderOf(right)));
    results = [];
  };
  for (const entry of messages.entries()) {
    const [, message] = entry;
    if (message.role === 'tool' || message.role === 'function') {
      results.push(entry);
      continue;
    }
    close();
    ordered.push(entry);
    if (message.role === 'assistant')
      called = new Map((message.tool_calls ?? []).map(({ id }, order) => [id, order]));
  }
  close();
  return ordered;
}
