import type { AssistantMessage, ChatMessage, ContentPart, ReasoningDetail } from '@trunkline/contracts';
import { withDrawnImagesShown } from '../drawn-images.js';
import { isOwnDetail, isState } from '../foreign-state.js';
import { cacheMarkOf, withBreakpoint } from '../cache-mark.js';
import { mistralPart } from './mistral-parts.js';
import { writeCalls } from './call-history.js';
import type { HistoryReasoning, MessageQuirks } from './quirks.js';
import { plainToolResults } from './tool-results.js';

/** Messages as the provider takes them; those that need no change are the client's own objects. */
export function writeMessages(messages: readonly ChatMessage[], quirks: MessageQuirks): ChatMessage[] {
  const written: ChatMessage[] = [];
  for (const message of quirks.answerExtras ? messages : withDrawnImagesShown(messages)) {
    const one = writeMessage(message, quirks);
    if (one) written.push(one);
  }
  return plainToolResults(quirks.prefixedAnswer ? withPrefix(written) : written);
}

function writeMessage(message: ChatMessage, quirks: MessageQuirks): ChatMessage | null {
  let written = message;
  if (written.role === 'developer' && !quirks.developerRole) written = { ...written, role: 'system' };
  if (quirks.name === false && written.role !== 'function' && written['name'] !== undefined) {
    const { name: _name, ...rest } = written;
    written = rest as ChatMessage;
  }
  // OpenAI's marks stand in prompts alone.
  const marks =
    quirks.cacheControl === 'breakpoints' && message.role === 'assistant' ? false : quirks.cacheControl;
  if (written['cache_control'] !== undefined && marks !== true) {
    const { cache_control: mark, ...rest } = written;
    written = mark && marks ? markedAtEnd(rest) : rest;
  }
  if (Array.isArray(written.content)) {
    const content = writeParts(written.content, { ...quirks, cacheControl: marks ?? false });
    if (content !== written.content) written = { ...written, content } as ChatMessage;
  }
  written = writeCalls(written, quirks);
  if (written.role !== 'assistant') return written;
  if (!quirks.callExtras) written = withoutCallExtras(written);
  written = withoutAnswerExtras(written, quirks.answerExtras ?? false);
  if (quirks.emptyAssistant === false && isEmptyAssistant(written)) return null;
  return writeReasoningHistory(written, quirks.reasoning ?? 'reasoning_content', quirks.stateFormats ?? []);
}

function writeParts(parts: ContentPart[], quirks: MessageQuirks): ContentPart[] {
  const written = parts.map((part) => writePart(part, quirks));
  return written.every((part, i) => part === parts[i]) ? parts : written;
}

function writePart(part: ContentPart, quirks: MessageQuirks): ContentPart {
  const written = writeMark(part, quirks);
  if (
    quirks.imageDetail === false &&
    written.type === 'image_url' &&
    written.image_url.detail !== undefined
  ) {
    const { detail: _detail, ...image } = written.image_url;
    return { ...written, image_url: image };
  }
  return quirks.media === 'mistral' ? mistralPart(written) : written;
}

/** The mark in the provider's own words. */
function writeMark(part: ContentPart, { cacheControl }: MessageQuirks): ContentPart {
  if (part.cache_control === undefined && part['prompt_cache_breakpoint'] === undefined) return part;
  if (cacheControl === true) {
    const mark = cacheMarkOf(part);
    const { prompt_cache_breakpoint: _own, cache_control: _mark, ...rest } = part;
    return mark ? { ...rest, cache_control: mark } : rest;
  }
  if (part.cache_control === undefined) return part;
  const { cache_control: mark, ...rest } = part;
  return mark && cacheControl === 'breakpoints' ? withBreakpoint(rest) : rest;
}

/** The mark of a whole message stands on its last part. */
function markedAtEnd(message: ChatMessage): ChatMessage {
  const { content } = message;
  if (typeof content === 'string' && content !== '')
    return { ...message, content: [withBreakpoint({ type: 'text', text: content })] } as ChatMessage;
  const last = Array.isArray(content) ? content.at(-1) : undefined;
  if (!last) return message;
  return {
    ...message,
    content: [...(content as ContentPart[]).slice(0, -1), withBreakpoint(last)],
  } as ChatMessage;
}

function isEmptyAssistant(message: AssistantMessage): boolean {
  const hasText =
    typeof message.content === 'string' ? message.content !== '' : (message.content?.length ?? 0) > 0;
  return !hasText && !message.tool_calls?.length && !message.function_call && !message.refusal;
}

/** Reasoning of earlier turns in the field that this provider reads. Signatures go only where they are read. */
function writeReasoningHistory(
  message: AssistantMessage,
  how: HistoryReasoning,
  formats: readonly string[],
): AssistantMessage {
  if (how === 'as-sent') return withoutForeignState(message, formats);
  const hasReasoning =
    'reasoning' in message || 'reasoning_content' in message || 'reasoning_details' in message;
  if (!hasReasoning)
    return how === 'reasoning_content-always' ? { ...message, reasoning_content: '' } : message;
  const { reasoning, reasoning_content: content, reasoning_details: details, ...rest } = message;
  const text = content ?? reasoning ?? textOfDetails(details ?? []);
  if (text === '') return how === 'reasoning_content-always' ? { ...rest, reasoning_content: '' } : rest;
  switch (how) {
    case 'omit':
      return rest;
    case 'reasoning_content':
    case 'reasoning_content-always':
      return { ...rest, reasoning_content: text };
    case 'reasoning':
      return { ...rest, reasoning: text };
    case 'thinking-part':
      return { ...rest, content: [thinkingPart(text), ...partsOf(message)] };
    case 'think-tags':
      return { ...rest, content: [{ type: 'text', text: `<think>${text}</think>` }, ...partsOf(message)] };
  }
}

/** The client's own object where nothing is to be left out. */
function withoutForeignState(message: AssistantMessage, formats: readonly string[]): AssistantMessage {
  const { reasoning_details: details, ...rest } = message;
  const kept = details?.filter((detail) => !isState(detail) || isOwnDetail(detail, formats)) ?? [];
  if (kept.length === (details?.length ?? 0)) return message;
  return kept.length > 0 ? { ...rest, reasoning_details: kept } : rest;
}

/** Clients send answers back as they came. What we cite beside annotations nobody else knows. */
function withoutAnswerExtras(message: AssistantMessage, takesAnnotations: boolean): AssistantMessage {
  if (message['citations'] === undefined && (takesAnnotations || message['annotations'] === undefined))
    return message;
  const { citations: _citations, annotations, ...rest } = message;
  return takesAnnotations && annotations !== undefined ? { ...rest, annotations } : rest;
}

function withoutCallExtras(message: AssistantMessage): AssistantMessage {
  if (!message.tool_calls?.some((call) => call['extra_content'] !== undefined)) return message;
  const calls = message.tool_calls.map(({ extra_content: _extra, ...call }) => call);
  return { ...message, tool_calls: calls };
}

function partsOf({ content }: AssistantMessage): ContentPart[] {
  if (Array.isArray(content)) return content;
  return content ? [{ type: 'text', text: content }] : [];
}

/** Guarantee: only Mistral's declaration asks for it, and Mistral's API has this part. */
function thinkingPart(text: string): ContentPart {
  return { type: 'thinking', thinking: [{ type: 'text', text }] } as unknown as ContentPart;
}

function textOfDetails(details: readonly ReasoningDetail[]): string {
  let text = '';
  for (const detail of details) {
    if (detail?.type === 'reasoning.text' && typeof detail.text === 'string') text += detail.text;
    if (detail?.type === 'reasoning.summary' && typeof detail.summary === 'string') text += detail.summary;
  }
  return text;
}

/** The beginning of an answer that the client has written for the model. */
function withPrefix(messages: ChatMessage[]): ChatMessage[] {
  const last = messages.at(-1);
  if (last?.role !== 'assistant' || last.tool_calls?.length) return messages;
  return [...messages.slice(0, -1), { ...last, prefix: last['prefix'] ?? true }];
}
