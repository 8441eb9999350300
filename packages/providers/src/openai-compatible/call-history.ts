import { createHash } from 'node:crypto';
import type { ChatMessage, ToolCall } from '@trunkline/contracts';
import type { MessageQuirks } from './quirks.js';

/**
 * Calls of earlier turns, and their results, as the provider takes them; the client's own object where nothing is to be
 * changed. Arguments are parsed by many servers before a model sees them, and no text is no JSON.
 */
export function writeCalls<Message extends ChatMessage>(message: Message, quirks: MessageQuirks): Message {
  if (message.role === 'tool') {
    const id = callId(message.tool_call_id, quirks);
    return id === message.tool_call_id ? message : { ...message, tool_call_id: id };
  }
  if (message.role !== 'assistant' || !message.tool_calls) return message;
  const calls = message.tool_calls.map((call) => writeCall(call, quirks));
  return calls.every((call, i) => call === message.tool_calls?.[i])
    ? message
    : { ...message, tool_calls: calls };
}

function writeCall(call: ToolCall, quirks: MessageQuirks): ToolCall {
  const id = callId(call.id, quirks);
  const named = id === call.id ? call : { ...call, id };
  if ('custom' in named && named.type === 'custom') return named;
  if (named.function.arguments.trim() !== '') return named;
  return { ...named, function: { ...named.function, arguments: '{}' } };
}

/** The same id always becomes the same. */
function callId(
  id: string,
  { nineCharacterToolCallIds: isNine, longestToolCallId: longest }: MessageQuirks,
): string {
  if (isNine) return /^[A-Za-z0-9]{9}$/.test(id) ? id : digest(id, 9);
  return longest !== undefined && id.length > longest ? digest(id, longest) : id;
}

function digest(id: string, characters: number): string {
  return createHash('sha256')
    .update(id)
    .digest('base64')
    .replaceAll(/[^A-Za-z0-9]/g, '')
    .slice(0, characters);
}
