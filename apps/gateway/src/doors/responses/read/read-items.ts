import type { ChatMessage, ResponseItem } from '@trunkline/contracts';
import { hostedCall, hostedResult } from '../hosted-tools.js';
import { flatName } from '../tool-names.js';
import { Conversation } from './conversation.js';
import { readContent } from './read-content.js';
import { readImageCall } from './read-image-call.js';
import { isStateAlone, readReasoning } from './read-reasoning.js';

/** A conversation as messages, and what of it they cannot say. */
export interface ReadItems {
  readonly messages: ChatMessage[];
  /** Where each message stands in the request. */
  readonly paths: readonly string[];
  /** The first item that only an upstream of this dialect can be told. */
  readonly needed: string | null;
  /** Items that others are not told, and can answer without. */
  readonly lost: readonly string[];
}

/**
 * The model's own steps of a search: what came of it stands in its answer, or is among the tools (see `foundTools`), as
 * tools are that were added later.
 */
const DISPENSABLE: ReadonlySet<string> = new Set([
  'web_search_call',
  'tool_search_call',
  'tool_search_output',
  'additional_tools',
]);

/**
 * Items as canonical messages.
 * @param earlier items of the response that this one follows, where there is one
 * @throws AppError 400 that names the item at fault
 */
export function readItems(
  input: string | readonly ResponseItem[],
  instructions: string | null,
  earlier: readonly ResponseItem[],
): ReadItems {
  const conversation = new Conversation();
  const lost: string[] = [];
  const searches = new Set<string>();
  let needed: string | null = null;
  if (instructions !== null && instructions !== '')
    conversation.say({ role: 'system', content: instructions }, 'instructions');
  for (const item of earlier) readOne(item, 'previous_response_id');
  if (typeof input === 'string') conversation.say({ role: 'user', content: input }, 'input');
  else for (const [i, item] of input.entries()) readOne(item, `input[${i}]`);
  return { ...conversation.end(), needed, lost };

  function readOne(item: ResponseItem, path: string): void {
    if (item.type === 'tool_search_call' && typeof item['call_id'] === 'string')
      searches.add(item['call_id']);
    // A client that searched by itself may tell of it as of any other call.
    if (item.type === 'function_call_output' && searches.has(item.call_id)) {
      lost.push(path);
      return;
    }
    if (addItem(conversation, item, path)) return;
    if (DISPENSABLE.has(item.type ?? '') || hasFailed(item)) lost.push(path);
    else needed ??= `${path}.type`;
  }
}

/** @returns false for an item that messages cannot say */
function addItem(conversation: Conversation, item: ResponseItem, path: string): boolean {
  switch (item.type) {
    case undefined:
    case 'message': {
      const content = readContent(item.content, `${path}.content`);
      if (item.role === 'assistant') conversation.answer(content, path);
      else conversation.say({ role: item.role, content }, path);
      return true;
    }
    case 'reasoning':
      conversation.think(readReasoning(item, conversation.reasoningCount), isStateAlone(item), path);
      return true;
    case 'function_call': {
      const { call_id: id, arguments: args } = item;
      conversation.call({ id, type: 'function', function: { name: nameOf(item), arguments: args } }, path);
      return true;
    }
    case 'custom_tool_call': {
      const { call_id: id, input } = item;
      conversation.call({ id, type: 'custom', custom: { name: nameOf(item), input } }, path);
      return true;
    }
    case 'image_generation_call': {
      const image = readImageCall(item, path);
      if (image !== null) conversation.draw(image, path);
      return image !== null;
    }
    case 'function_call_output':
    case 'custom_tool_call_output':
      conversation.result(item.call_id, readContent(item.output, `${path}.output`), path);
      return true;
    default:
      return addHosted(conversation, item, path);
  }
}

/** What a tool that OpenAI defines was called for, and what came of it where the client ran it. */
function addHosted(conversation: Conversation, item: ResponseItem, path: string): boolean {
  const call = hostedCall(item);
  if (call) {
    const { callId: id, name, args } = call;
    conversation.call({ id, type: 'function', function: { name, arguments: args } }, path);
    return true;
  }
  const result = hostedResult(item);
  if (result) conversation.result(result.callId, result.text, path);
  return result !== null;
}

/** A picture that was never drawn. */
function hasFailed(item: ResponseItem): boolean {
  return item.type === 'image_generation_call' && item['status'] === 'failed';
}

function nameOf({ name, namespace }: { name: string; namespace?: string | null | undefined }): string {
  return flatName({ name, ...(namespace ? { namespace } : {}) });
}
