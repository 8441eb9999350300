import type {
  AssistantMessage,
  CacheControl,
  ChatMessage,
  ContentPart,
  MessageBlock,
  MessagesMessage,
  MessagesRequest,
  ReasoningDetail,
  ToolCall,
  ToolMessage,
  ToolResultBlock,
} from '@trunkline/contracts';
import { AppError } from '@trunkline/errors';
import { readThinking } from './read-thinking.js';
import type { SourcePaths } from './source-paths.js';
import { toParts, type ShownBlock } from './to-parts.js';

/**
 * A conversation in the canonical form. Results of tools stand before what else the user says in the same turn, as they
 * must follow their calls. Blocks that only Anthropic reads are not in it: such a request goes to nobody else.
 * @throws AppError 400 for a block that may not stand where it does, and for a result without its call
 */
export function toChatMessages(request: MessagesRequest, paths: SourcePaths): ChatMessage[] {
  const messages: ChatMessage[] = [];
  const system = systemMessage(request.system, paths);
  if (system) messages.push(system);
  const calls = new Set<string>();
  for (const [i, message] of request.messages.entries()) {
    const path = `messages.${i}`;
    switch (message.role) {
      case 'user':
        messages.push(...userMessages(message, path, calls, paths));
        break;
      case 'assistant':
        messages.push(paths.note(assistantMessage(message, path, calls, paths), path));
        break;
      case 'system': {
        const parts = shownParts(message, path, paths);
        if (parts.length > 0) messages.push(paths.note({ role: 'system', content: plain(parts) }, path));
        break;
      }
    }
  }
  if (messages.length === 0) throw invalid('messages', 'There is nothing to answer.');
  return messages;
}

function systemMessage(system: MessagesRequest['system'], paths: SourcePaths): ChatMessage | null {
  if (typeof system === 'string')
    return system === '' ? null : paths.note<ChatMessage>({ role: 'system', content: system }, 'system');
  if (!system?.length) return null;
  const parts = system.flatMap((block, i) => toParts(block, `system.${i}`, paths));
  return paths.note<ChatMessage>({ role: 'system', content: plain(parts) }, 'system');
}

function userMessages(
  message: MessagesMessage,
  path: string,
  calls: ReadonlySet<string>,
  paths: SourcePaths,
): ChatMessage[] {
  const { content } = message;
  if (typeof content === 'string') return [paths.note({ role: 'user', content }, path)];
  const written: ChatMessage[] = [];
  for (const [j, block] of content.entries()) {
    if (block.type !== 'tool_result') continue;
    const at = `${path}.content.${j}`;
    if (!calls.has(block.tool_use_id))
      throw invalid(
        `${at}.tool_use_id`,
        `No earlier message has a tool_use with the id '${block.tool_use_id.slice(0, 80)}'.`,
      );
    written.push(paths.note(toolMessage(block, at, paths), at));
  }
  const parts = shownParts(message, path, paths);
  if (parts.length > 0) written.push(paths.note({ role: 'user', content: plain(parts) }, path));
  // Blocks of Anthropic's own alone: the turn is kept, so that what is estimated and routed has it.
  return written.length > 0 ? written : [paths.note({ role: 'user', content: '' }, path)];
}

/** Blocks that a user or an operator shows; results are taken elsewhere, and native blocks stay native. */
function shownParts({ role, content }: MessagesMessage, path: string, paths: SourcePaths): ContentPart[] {
  if (typeof content === 'string') return content === '' ? [] : [{ type: 'text', text: content }];
  const parts: ContentPart[] = [];
  for (const [j, block] of content.entries()) {
    const at = `${path}.content.${j}`;
    if (isShown(block)) parts.push(...toParts(block, at, paths));
    else if (MODELS_OWN.has(block.type) || (block.type === 'tool_result' && role !== 'user'))
      throw misplaced(block, role, at);
  }
  return parts;
}

const MODELS_OWN: ReadonlySet<string> = new Set(['tool_use', 'thinking', 'redacted_thinking']);

function isShown(block: { type: string }): block is ShownBlock {
  switch (block.type) {
    case 'text':
    case 'image':
    case 'document':
    case 'search_result':
      return true;
    default:
      return false;
  }
}

function toolMessage(block: ToolResultBlock, path: string, paths: SourcePaths): ToolMessage {
  const { content, cache_control: mark } = block;
  const parts: ContentPart[] = [];
  if (typeof content === 'string' && mark) parts.push({ type: 'text', text: content });
  for (const [k, part] of (Array.isArray(content) ? content : []).entries()) {
    if (isShown(part)) parts.push(...toParts(part, `${path}.content.${k}`, paths));
    // Where all tools are shown it is known already; yet a search that found nothing would be made again.
    else if (typeof part['tool_name'] === 'string')
      parts.push({ type: 'text', text: `Tool found: ${part['tool_name']}` });
  }
  const last = parts.at(-1);
  if (mark && last && last.type !== 'refusal') last.cache_control = mark as CacheControl;
  return {
    role: 'tool',
    tool_call_id: block.tool_use_id,
    content: typeof content === 'string' && !mark ? content : plain(parts),
    ...(block.is_error === true ? { is_error: true } : {}),
  };
}

function assistantMessage(
  { content }: MessagesMessage,
  path: string,
  calls: Set<string>,
  paths: SourcePaths,
): AssistantMessage {
  if (typeof content === 'string') return { role: 'assistant', content };
  const parts: ContentPart[] = [];
  const details: ReasoningDetail[] = [];
  const toolCalls: ToolCall[] = [];
  let mark: CacheControl | null = null;
  let thinkingBlocks = 0;
  for (const [j, block] of content.entries()) {
    const at = `${path}.content.${j}`;
    switch (block.type) {
      case 'text':
        parts.push(...toParts(block, at, paths));
        break;
      case 'thinking':
      case 'redacted_thinking':
        details.push(...readThinking(block, thinkingBlocks));
        thinkingBlocks += 1;
        break;
      case 'tool_use': {
        calls.add(block.id);
        const call = { name: block.name, arguments: JSON.stringify(block.input) };
        toolCalls.push(paths.note({ id: block.id, type: 'function', function: call }, at));
        mark = (block.cache_control as CacheControl | null | undefined) ?? mark;
        break;
      }
      case 'image':
      case 'document':
      case 'search_result':
      case 'tool_result':
        throw misplaced(block, 'assistant', at);
      default:
        break;
    }
  }
  return {
    role: 'assistant',
    content: parts.length === 0 ? (toolCalls.length > 0 ? null : '') : joined(parts),
    ...(toolCalls.length > 0 ? { tool_calls: toolCalls } : {}),
    ...(details.length > 0 ? { reasoning_details: details } : {}),
    ...(mark === null ? {} : { cache_control: mark }),
  };
}

/** One unmarked text is a string, which every provider takes. */
function plain(parts: ContentPart[]): string | ContentPart[] {
  const [only] = parts;
  if (only === undefined) return '';
  return parts.length === 1 && only.type === 'text' && !only.cache_control ? only.text : parts;
}

/** Texts of an answer follow each other with nothing between. */
function joined(parts: ContentPart[]): string | ContentPart[] {
  let text = '';
  for (const part of parts) {
    if (part.type !== 'text' || part.cache_control) return parts;
    text += part.text;
  }
  return text;
}

function misplaced(block: MessageBlock, role: string, path: string): AppError {
  return invalid(
    `${path}.type`,
    `A block of type '${block.type}' may not stand in a message of role '${role}'.`,
  );
}

function invalid(param: string, message: string): AppError {
  return new AppError('invalid_value', { publicMessage: `${param}: ${message}`, param });
}
