import {
  CLAUDE_REASONING_FORMAT,
  type AssistantMessage,
  type CacheControl,
  type ChatMessage,
  type ContentPart,
  type ToolMessage,
} from '@trunkline/contracts';
import { withAnswerableEnd } from '../answerable-end.js';
import { withDrawnImagesShown } from '../drawn-images.js';
import { cacheMarkOf } from '../cache-mark.js';
import { UniqueCallIds } from '../unique-call-ids.js';
import { mediaBlock, type ClaudeBlock } from './media.js';

export interface ClaudeMessage {
  role: 'user' | 'assistant';
  content: string | ClaudeBlock[];
}

export interface ClaudeConversation {
  system: ClaudeBlock[];
  messages: ClaudeMessage[];
}

/**
 * A conversation in Anthropic's form: system and developer text go to the top in their order, wherever they stood;
 * results of parallel calls go into one user message; empty texts, which are refused, are left out.
 * https://docs.claude.com/en/api/messages
 * @throws Refusal for content that Claude cannot be given
 */
export function toConversation(messages: readonly ChatMessage[]): ClaudeConversation {
  const system: ClaudeBlock[] = [];
  const written: ClaudeMessage[] = [];
  let results: ClaudeBlock[] | null = null;
  const ids = new UniqueCallIds(toolUseId);
  let lastFunctionCall = 0;
  for (const [i, message] of withAnswerableEnd(withDrawnImagesShown(messages)).entries()) {
    const path = `messages[${i}]`;
    if (message.role === 'tool' || message.role === 'function') {
      if (results === null) {
        results = [];
        written.push({ role: 'user', content: results });
      }
      addResult(
        results,
        message.role === 'tool'
          ? resultBlock(message, path, ids)
          : {
              type: 'tool_result',
              tool_use_id: functionCallId(lastFunctionCall),
              content: message.content ?? '',
            },
      );
      continue;
    }
    results = null;
    switch (message.role) {
      case 'system':
      case 'developer':
        system.push(...contentBlocks(message.content, `${path}.content`, cacheMarkOf(message)));
        break;
      case 'user':
        written.push({ role: 'user', content: userContent(message.content, path, cacheMarkOf(message)) });
        break;
      case 'assistant': {
        if (message.function_call) lastFunctionCall += 1;
        const content = assistantBlocks(message, path, lastFunctionCall, ids);
        if (content.length > 0) written.push({ role: 'assistant', content });
        break;
      }
    }
  }
  trimPrefill(written);
  // Without anything to answer, the instructions are that.
  if (written.length === 0 && system.length > 0)
    return { system: [], messages: [{ role: 'user', content: system }] };
  return { system, messages: written };
}

/** A call has one result: what else was said of it is a part of that. */
function addResult(results: ClaudeBlock[], result: ClaudeBlock): void {
  const at = results.findIndex((known) => known['tool_use_id'] === result['tool_use_id']);
  const known = results[at];
  if (!known) return void results.push(result);
  results[at] = {
    ...known,
    ...result,
    content: [...partsOf(known['content']), ...partsOf(result['content'])],
  };
}

function partsOf(content: unknown): ClaudeBlock[] {
  // Guarantee: results are made here, with blocks or a text.
  if (typeof content !== 'string') return content as ClaudeBlock[];
  return content.trim() === '' ? [] : [{ type: 'text', text: content }];
}

function userContent(
  content: string | ContentPart[],
  path: string,
  mark: CacheControl | null,
): string | ClaudeBlock[] {
  if (typeof content === 'string' && mark === null) return content;
  const blocks = contentBlocks(content, `${path}.content`, mark);
  // Nothing but white space is left: let the provider say what it thinks of it.
  return blocks.length > 0 ? blocks : '';
}

function contentBlocks(
  content: string | ContentPart[],
  path: string,
  mark: CacheControl | null = null,
): ClaudeBlock[] {
  if (typeof content === 'string')
    return content.trim() === '' ? [] : [marked({ type: 'text', text: content }, mark)];
  const blocks: ClaudeBlock[] = [];
  for (const [i, part] of content.entries()) {
    const partMark = cacheMarkOf(part);
    if (part.type === 'text' || part.type === 'refusal') {
      const text = part.type === 'text' ? part.text : part.refusal;
      if (text.trim() !== '') blocks.push(marked({ type: 'text', text }, partMark));
    } else {
      blocks.push(marked(mediaBlock(part, `${path}[${i}]`), partMark));
    }
  }
  const last = blocks.at(-1);
  if (last && mark !== null) blocks[blocks.length - 1] = marked(last, mark);
  return blocks;
}

/** Thinking first, as it must stand before the tool calls that came of it; then text; then calls. */
function assistantBlocks(
  message: AssistantMessage,
  path: string,
  functionCalls: number,
  ids: UniqueCallIds,
): ClaudeBlock[] {
  const blocks: ClaudeBlock[] = [
    ...thinkingBlocks(message),
    ...contentBlocks(message.content ?? message.refusal ?? '', `${path}.content`, null),
  ];
  for (const call of message.tool_calls ?? []) {
    const isCustom = 'custom' in call && call.type === 'custom';
    const name = isCustom ? call.custom.name : call.function.name;
    const input = isCustom ? { input: call.custom.input } : toInput(call.function.arguments);
    blocks.push(marked({ type: 'tool_use', id: ids.ofCall(call.id), name, input }, cacheMarkOf(call)));
  }
  if (message.function_call) {
    const { name, arguments: args } = message.function_call;
    blocks.push({ type: 'tool_use', id: functionCallId(functionCalls), name, input: toInput(args) });
  }
  const last = blocks.at(-1);
  if (!last || isThinking(last)) return [];
  return [...blocks.slice(0, -1), marked(last, cacheMarkOf(message) ?? cacheMarkOf(last))];
}

function isThinking({ type }: ClaudeBlock): boolean {
  return type === 'thinking' || type === 'redacted_thinking';
}

/**
 * Thinking of earlier turns, unchanged with its signature, and only what Claude made: a block without its signature,
 * or with another maker's, is refused.
 */
function thinkingBlocks(message: AssistantMessage): ClaudeBlock[] {
  const texts = new Map<number, { text: string; signature: string }>();
  const blocks: { index: number; block: ClaudeBlock }[] = [];
  for (const detail of message.reasoning_details ?? []) {
    const isClaudes = detail?.format === CLAUDE_REASONING_FORMAT;
    const index = typeof detail?.index === 'number' ? detail.index : 0;
    if (detail?.type === 'reasoning.encrypted' && isClaudes && typeof detail.data === 'string') {
      blocks.push({ index, block: { type: 'redacted_thinking', data: detail.data } });
    }
    if (detail?.type !== 'reasoning.text') continue;
    // Clients that keep a stream's deltas send a block in pieces; the piece with the signature names the maker.
    const known = texts.get(index) ?? { text: '', signature: '' };
    if (typeof detail.text === 'string') known.text += detail.text;
    if (isClaudes && typeof detail.signature === 'string') known.signature = detail.signature;
    texts.set(index, known);
  }
  for (const [index, { text, signature }] of texts) {
    if (signature !== '') blocks.push({ index, block: { type: 'thinking', thinking: text, signature } });
  }
  return blocks.sort((left, right) => left.index - right.index).map(({ block }) => block);
}

function resultBlock(message: ToolMessage, path: string, ids: UniqueCallIds): ClaudeBlock {
  const blocks =
    typeof message.content === 'string' ? null : contentBlocks(message.content, `${path}.content`);
  // The mark of a result stands on the result, not on a part of it.
  const mark =
    cacheMarkOf(message) ?? (blocks?.at(-1)?.['cache_control'] as CacheControl | undefined) ?? null;
  const content = blocks?.map(({ cache_control: _mark, ...block }) => block) ?? message.content;
  const failed = message.is_error === true ? { is_error: true } : {};
  const id = ids.ofResult(message.tool_call_id);
  return marked({ type: 'tool_result', tool_use_id: id, content, ...failed }, mark);
}

/** Other providers' ids may have characters that are refused here; the same id always becomes the same. */
export function toolUseId(id: string): string {
  return id.replaceAll(/[^\w-]/g, '_') || '_';
}

function functionCallId(number: number): string {
  return `function_call_${number}`;
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

/** The last message has results of a turn that does not begin with its thinking. */
export function continuesWithoutThinking(messages: readonly ClaudeMessage[]): boolean {
  const last = messages.at(-1);
  const hasResults = Array.isArray(last?.content) && last.content.some(({ type }) => type === 'tool_result');
  if (last?.role !== 'user' || !hasResults) return false;
  const turn = messages.findLast(({ role }) => role === 'assistant');
  const first = Array.isArray(turn?.content) ? turn.content[0] : undefined;
  return first === undefined || !isThinking(first);
}

/** What the user says where a model does not go on with its own answer unasked. */
const GO_ON = 'Continue.';

/** A conversation that ends with an answer is refused by models that do not go on with it, and beside thinking. */
export function endWithUser(messages: ClaudeMessage[]): void {
  const last = messages.at(-1);
  const calls = Array.isArray(last?.content) && last.content.some(({ type }) => type === 'tool_use');
  if (last?.role === 'assistant' && !calls) messages.push({ role: 'user', content: GO_ON });
}

/** An answer that the client has begun must not end in white space. */
function trimPrefill(messages: ClaudeMessage[]): void {
  const last = messages.at(-1);
  if (last?.role !== 'assistant' || typeof last.content === 'string') return;
  const block = last.content.at(-1);
  if (block?.type === 'text') block['text'] = String(block['text']).trimEnd();
}

function marked(block: ClaudeBlock, mark: CacheControl | null): ClaudeBlock {
  return mark === null ? block : { ...block, cache_control: mark };
}
