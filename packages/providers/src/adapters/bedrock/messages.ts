import type {
  AssistantMessage,
  CacheControl,
  ChatMessage,
  ContentPart,
  ToolMessage,
} from '@trunkline/contracts';
import { withAnswerableEnd } from '../../answerable-end.js';
import { withDrawnImagesShown } from '../../drawn-images.js';
import { cacheMarkOf } from '../../cache-mark.js';
import type { UniqueCallIds } from '../../unique-call-ids.js';
import { callIds } from './call-ids.js';
import { mediaBlock, type ConverseBlock, type DocumentNames } from './media.js';
import type { ModelTraits } from './model-traits.js';
import { reasoningBlocks } from './reasoning-blocks.js';
import { joinTurns } from './turns.js';

export interface ConverseMessage {
  role: 'user' | 'assistant';
  content: ConverseBlock[];
}

export interface ConverseConversation {
  system: ConverseBlock[];
  messages: ConverseMessage[];
}

interface Writing {
  readonly traits: ModelTraits;
  readonly names: DocumentNames;
  readonly ids: UniqueCallIds;
}

/**
 * A conversation in Converse's form: system and developer text go to the top in their order; what one side says in a row
 * is one message; empty texts, which are refused, are left out; a cache mark becomes a block behind what is marked.
 * https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Message.html
 * @throws Refusal for content that Converse cannot be given
 */
export function toConversation(messages: readonly ChatMessage[], traits: ModelTraits): ConverseConversation {
  const writing: Writing = { traits, names: new Set(), ids: callIds(traits.shortCallIds) };
  const system: ConverseBlock[] = [];
  const written: ConverseMessage[] = [];
  let functionCalls = 0;
  for (const [i, message] of withAnswerableEnd(withDrawnImagesShown(messages)).entries()) {
    const path = `messages[${i}]`;
    switch (message.role) {
      case 'system':
      case 'developer':
        system.push(...contentBlocks(message.content, `${path}.content`, writing, cacheMarkOf(message)));
        break;
      case 'user': {
        const content = contentBlocks(message.content, `${path}.content`, writing, cacheMarkOf(message));
        written.push({ role: 'user', content: withText(content) });
        break;
      }
      case 'tool':
        written.push({ role: 'user', content: resultBlocks(message, path, writing) });
        break;
      case 'function': {
        const toolUseId = writing.ids.ofResult(functionCallId(functionCalls));
        const content = [{ text: nonEmpty(message.content ?? '') }];
        written.push({ role: 'user', content: [{ toolResult: { toolUseId, content } }] });
        break;
      }
      case 'assistant':
        if (message.function_call) functionCalls += 1;
        written.push({ role: 'assistant', content: assistantBlocks(message, path, writing, functionCalls) });
        break;
    }
  }
  return { system, messages: joinTurns(written, traits) };
}

function contentBlocks(
  content: string | ContentPart[],
  path: string,
  writing: Writing,
  mark: CacheControl | null = null,
): ConverseBlock[] {
  const blocks: ConverseBlock[] = [];
  if (typeof content === 'string') {
    if (content.trim() !== '') blocks.push({ text: content });
  } else {
    for (const [i, part] of content.entries()) {
      if (part.type === 'text' || part.type === 'refusal') {
        const text = part.type === 'text' ? part.text : part.refusal;
        if (text.trim() !== '') blocks.push({ text });
      } else blocks.push(mediaBlock(part, `${path}[${i}]`, writing.names));
      addCachePoint(blocks, cacheMarkOf(part), writing.traits);
    }
  }
  addCachePoint(blocks, mark, writing.traits);
  return blocks;
}

/** Reasoning first, as it must stand before the calls that came of it; then text; then calls. */
function assistantBlocks(
  message: AssistantMessage,
  path: string,
  writing: Writing,
  functionCalls: number,
): ConverseBlock[] {
  const { traits, ids } = writing;
  const said = contentBlocks(message.content ?? message.refusal ?? '', `${path}.content`, writing);
  for (const call of message.tool_calls ?? []) {
    const isCustom = 'custom' in call && call.type === 'custom';
    const name = isCustom ? call.custom.name : call.function.name;
    const input = isCustom ? { input: call.custom.input } : toInput(call.function.arguments);
    said.push({ toolUse: { toolUseId: ids.ofCall(call.id), name, input } });
    addCachePoint(said, cacheMarkOf(call), traits);
  }
  if (message.function_call) {
    const { name, arguments: args } = message.function_call;
    said.push({
      toolUse: { toolUseId: ids.ofCall(functionCallId(functionCalls)), name, input: toInput(args) },
    });
  }
  // Reasoning alone is no turn.
  if (said.length === 0) return [];
  const blocks = [...reasoningBlocks(message, traits.reasoningFormat), ...said];
  addCachePoint(blocks, cacheMarkOf(message), traits);
  return blocks;
}

/** The mark of a result, or of a part of it, stands behind the result. */
function resultBlocks(message: ToolMessage, path: string, writing: Writing): ConverseBlock[] {
  const { traits, ids } = writing;
  const content = contentBlocks(message.content, `${path}.content`, writing).filter(
    (block) => !('cachePoint' in block),
  );
  const mark =
    cacheMarkOf(message) ??
    (typeof message.content === 'string' ? null : markOfLast(message.content)) ??
    null;
  const blocks: ConverseBlock[] = [
    {
      toolResult: {
        toolUseId: ids.ofResult(message.tool_call_id),
        content: content.length > 0 ? content : [{ text: nonEmpty('') }],
        ...(message.is_error === true && traits.readsFailures ? { status: 'error' } : {}),
      },
    },
  ];
  addCachePoint(blocks, mark, traits);
  return blocks;
}

/** A document must have text beside it. */
function withText(content: ConverseBlock[]): ConverseBlock[] {
  const isAlone = content.some((block) => 'document' in block) && !content.some((block) => 'text' in block);
  return isAlone ? [{ text: 'See what is attached.' }, ...content] : content;
}

/** Not behind a document or a video, where it is refused: before them. */
function addCachePoint(blocks: ConverseBlock[], mark: CacheControl | null, traits: ModelTraits): void {
  if (mark === null || !traits.cachePoints) return;
  const point = cachePoint(mark, traits);
  const at = blocks.findLastIndex((block) => !('document' in block || 'video' in block)) + 1;
  if (at === 0) return;
  const previous = blocks[at - 1];
  if (previous && 'cachePoint' in previous) blocks[at - 1] = point;
  else blocks.splice(at, 0, point);
}

/** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_CachePointBlock.html */
export function cachePoint({ ttl }: CacheControl, traits: ModelTraits): ConverseBlock {
  // An hour is Claude's alone.
  return { cachePoint: { type: 'default', ...(ttl === '1h' && traits.claude ? { ttl } : {}) } };
}

/** The input must be an object; arguments that were cut by a token limit are no JSON and go back as they are. */
function toInput(args: string): Record<string, unknown> {
  if (args.trim() === '') return {};
  try {
    const value: unknown = JSON.parse(args);
    if (value !== null && typeof value === 'object' && !Array.isArray(value))
      return value as Record<string, unknown>;
  } catch {
    // Falls through to the raw text.
  }
  return { raw_arguments: args };
}

function functionCallId(number: number): string {
  return `function_call_${number}`;
}

/** A result that says nothing must still be there, and blank texts are refused. */
function nonEmpty(text: string): string {
  return text.trim() === '' ? '(empty)' : text;
}

function markOfLast(parts: readonly ContentPart[]): CacheControl | null {
  const last = parts.at(-1);
  return last ? cacheMarkOf(last) : null;
}
