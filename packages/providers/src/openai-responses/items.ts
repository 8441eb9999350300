import { createHash } from 'node:crypto';
import type { AssistantMessage, ChatMessage, FunctionMessage } from '@trunkline/contracts';
import { cacheMarkOf, withBreakpoint } from '../cache-mark.js';
import { withDrawnImagesShown } from '../drawn-images.js';
import { inputParts, outputParts, type InputPart } from './content.js';
import { reasoningItems } from './reasoning-state.js';

/**
 * A conversation as items, each where it stood: reasoning of an answer first, as it must stand before the calls that came
 * of it; then its text; then its calls.
 * https://platform.openai.com/docs/guides/migrate-to-responses
 * @throws Refusal for content that cannot be sent
 */
export function toItems(
  messages: readonly ChatMessage[],
  readable: readonly string[],
  marks = false,
): InputPart[] {
  const items: InputPart[] = [];
  const customCalls = new Set<string>();
  let functionCalls = 0;
  for (const [i, message] of withDrawnImagesShown(messages).entries()) {
    const path = `messages[${i}].content`;
    switch (message.role) {
      case 'system':
      case 'developer':
      case 'user':
        items.push({ type: 'message', role: message.role, content: promptParts(message, path, marks) });
        break;
      case 'assistant': {
        if (message.function_call) functionCalls += 1;
        items.push(...reasoningItems(message.reasoning_details ?? [], readable));
        items.push(...answerItems(message, path, functionCalls, customCalls));
        break;
      }
      case 'tool': {
        const callId = toCallId(message.tool_call_id);
        const type = customCalls.has(callId) ? 'custom_tool_call_output' : 'function_call_output';
        const { content } = message;
        const isPlain = typeof content === 'string' && !(marks && cacheMarkOf(message));
        const output = isPlain ? content : promptParts(message, path, marks);
        items.push({ type, call_id: callId, output });
        break;
      }
      case 'function':
        items.push({
          type: 'function_call_output',
          call_id: functionCallId(functionCalls),
          output: message.content ?? '',
        });
        break;
    }
  }
  return items;
}

/** The mark of a whole message stands on its last part. */
function promptParts(
  message: Exclude<ChatMessage, AssistantMessage | FunctionMessage>,
  path: string,
  marks: boolean,
) {
  const parts = inputParts(message.content, path, marks);
  const last = parts.at(-1);
  return last && marks && cacheMarkOf(message) ? [...parts.slice(0, -1), withBreakpoint(last)] : parts;
}

function answerItems(
  message: AssistantMessage,
  path: string,
  functionCalls: number,
  customCalls: Set<string>,
): InputPart[] {
  const items: InputPart[] = [];
  const content = outputParts(message.content ?? '', path);
  if (content.length === 0 && message.refusal) content.push({ type: 'refusal', refusal: message.refusal });
  if (content.length > 0) items.push({ type: 'message', role: 'assistant', content });
  for (const call of message.tool_calls ?? []) {
    const callId = toCallId(call.id);
    if ('custom' in call && call.type === 'custom') {
      customCalls.add(callId);
      const { name, input } = call.custom;
      items.push({ type: 'custom_tool_call', call_id: callId, name, input });
    } else {
      const { name, arguments: args } = call.function;
      // No text is no JSON.
      items.push({
        type: 'function_call',
        call_id: callId,
        name,
        arguments: args.trim() === '' ? '{}' : args,
      });
    }
  }
  if (message.function_call) {
    const { name, arguments: args } = message.function_call;
    items.push({ type: 'function_call', call_id: functionCallId(functionCalls), name, arguments: args });
  }
  return items;
}

/** Longer ids than 64 characters are refused; the same id always becomes the same. */
export function toCallId(id: string): string {
  return id.length <= 64 ? id : `call_${createHash('sha256').update(id).digest('hex').slice(0, 48)}`;
}

function functionCallId(number: number): string {
  return `function_call_${number}`;
}
