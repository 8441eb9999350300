import type { ChatMessage } from '../chat/chat-request.js';
import type { RequestProblem } from './request-problem.js';

/** A tool's result must answer a call that came before it, and calls made at once must be told apart. */
export function toolResultProblem(messages: readonly ChatMessage[]): RequestProblem | null {
  let called: Set<string> | null = null;
  for (const [i, message] of messages.entries()) {
    if (message.role === 'tool') {
      if (called?.has(message.tool_call_id)) continue;
      const path = ['messages', i, 'tool_call_id'];
      return { path, reason: 'is the id of no tool call before it' };
    }
    if (message.role !== 'assistant' || !message.tool_calls?.length) continue;
    const together = new Set<string>();
    for (const [j, { id }] of message.tool_calls.entries()) {
      if (together.has(id)) {
        const path = ['messages', i, 'tool_calls', j, 'id'];
        return { path, reason: 'is the id of another call of this message' };
      }
      together.add(id);
      called = (called ?? new Set<string>()).add(id);
    }
  }
  return null;
}
