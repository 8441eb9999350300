import type { AssistantMessage, ChatMessage, ContentPart, ToolMessage } from '@trunkline/contracts';
import { withAnswerableEnd } from '../../answerable-end.js';
import { withDrawnImagesShown } from '../../drawn-images.js';
import { Refusal } from '../../refusal.js';
import { textOfFile } from '../../text-file.js';
import { COHERE_PLAN_FORMAT, COHERE_THINKING_FORMAT } from './format.js';

export type CohereMessage = Record<string, unknown> & { role: 'system' | 'user' | 'assistant' | 'tool' };

export interface CohereConversation {
  /** To be joined into one message at the head: a system turn elsewhere is refused. */
  system: string[];
  messages: CohereMessage[];
}

/**
 * A conversation in Cohere's form. Cache marks say nothing here: prefixes are cached without being asked.
 * https://docs.cohere.com/reference/chat
 * @throws Refusal for content that Cohere cannot be given
 */
export function toConversation(messages: readonly ChatMessage[]): CohereConversation {
  const system: string[] = [];
  const written: CohereMessage[] = [];
  let functionCalls = 0;
  // Results are text here; what else they show stands behind those of the turn.
  let shown: Record<string, unknown>[] = [];
  const showMedia = (): void => {
    if (shown.length > 0) written.push({ role: 'user', content: shown });
    shown = [];
  };
  for (const [i, message] of withAnswerableEnd(withDrawnImagesShown(messages)).entries()) {
    const path = `messages[${i}]`;
    if (message.role !== 'tool') showMedia();
    switch (message.role) {
      case 'system':
      case 'developer': {
        const text = textOnly(message.content, `${path}.content`);
        if (text !== '') system.push(text);
        break;
      }
      case 'user':
        written.push({ role: 'user', content: userContent(message.content, `${path}.content`) });
        break;
      case 'assistant': {
        if (message.function_call) functionCalls += 1;
        const turn = assistantTurn(message, path, functionCalls);
        if (turn) written.push(turn);
        break;
      }
      case 'tool':
        written.push(toolTurn(message, path));
        shown.push(...mediaOf(message, path));
        break;
      case 'function':
        written.push({
          role: 'tool',
          tool_call_id: functionCallId(functionCalls),
          content: documents([message.content ?? '']),
        });
        break;
    }
  }
  showMedia();
  return { system, messages: written };
}

function mediaOf({ content, tool_call_id: id }: ToolMessage, path: string): Record<string, unknown>[] {
  if (typeof content === 'string') return [];
  const images = content.flatMap((part, i) =>
    part.type === 'image_url' ? [imagePart(part.image_url, `${path}.content[${i}].image_url.url`)] : [],
  );
  return images.length > 0 ? [{ type: 'text', text: captionOf(id) }, ...images] : [];
}

function captionOf(callId: string): string {
  return `(Media of the result of tool call ${callId})`;
}

function userContent(content: string | ContentPart[], path: string): string | Record<string, unknown>[] {
  if (typeof content === 'string') return content;
  return content.flatMap((part, i): Record<string, unknown>[] => {
    if (part.type === 'image_url') return [imagePart(part.image_url, `${path}[${i}].image_url.url`)];
    const text = textOf(part, `${path}[${i}]`);
    return text === '' ? [] : [{ type: 'text', text }];
  });
}

/** https://docs.cohere.com/docs/image-inputs */
function imagePart({ url, detail }: { url: string; detail?: string | null }, path: string) {
  if (!/^(?:https?:|data:image\/)/i.test(url))
    throw new Refusal(path, 'Not an http URL and not a data URL of an image.');
  return { type: 'image_url', image_url: { url, ...(detail ? { detail } : {}) } };
}

function textOnly(content: string | ContentPart[], path: string): string {
  if (typeof content === 'string') return content;
  return content
    .map((part, i) => textOf(part, `${path}[${i}]`))
    .filter((text) => text !== '')
    .join('\n');
}

function textOf(part: ContentPart, path: string): string {
  if (part.type === 'text') return part.text;
  if (part.type === 'refusal') return part.refusal;
  const text = part.type === 'file' ? textOfFile(part) : null;
  if (text !== null) return text;
  throw new Refusal(path, `Content of type ${part.type} cannot be sent to this provider.`);
}

/** A plan and thoughts go back where they are Cohere's own; those of other makers are left out. */
function assistantTurn(message: AssistantMessage, path: string, functionCalls: number): CohereMessage | null {
  const thinking = ownReasoning(message, COHERE_THINKING_FORMAT);
  const plan = ownReasoning(message, COHERE_PLAN_FORMAT);
  const text = textOnly(message.content ?? message.refusal ?? '', `${path}.content`);
  const calls = callsOf(message, functionCalls);
  if (text === '' && calls.length === 0) return null;
  const parts = [
    ...(thinking === '' ? [] : [{ type: 'thinking', thinking }]),
    ...(text === '' ? [] : [{ type: 'text', text }]),
  ];
  return {
    role: 'assistant',
    ...(parts.length > 0 ? { content: parts } : {}),
    ...(plan !== '' && calls.length > 0 ? { tool_plan: plan } : {}),
    ...(calls.length > 0 ? { tool_calls: calls } : {}),
  };
}

function ownReasoning({ reasoning_details: details }: AssistantMessage, format: string): string {
  return (details ?? [])
    .map((detail) => (detail?.type === 'reasoning.text' && detail.format === format ? detail.text : null))
    .join('');
}

function callsOf(message: AssistantMessage, functionCalls: number): Record<string, unknown>[] {
  const calls = (message.tool_calls ?? []).map((call) => {
    const body =
      'custom' in call && call.type === 'custom'
        ? { name: call.custom.name, arguments: JSON.stringify({ input: call.custom.input }) }
        : { name: call.function.name, arguments: toArguments(call.function.arguments) };
    return { id: call.id, type: 'function', function: body };
  });
  const { function_call: older } = message;
  if (!older) return calls;
  const body = { name: older.name, arguments: toArguments(older.arguments) };
  return [...calls, { id: functionCallId(functionCalls), type: 'function', function: body }];
}

/** Arguments must be JSON of an object; those that a token limit cut go back as they are, inside one. */
function toArguments(text: string): string {
  if (text.trim() === '') return '{}';
  try {
    JSON.parse(text);
    return text;
  } catch {
    return JSON.stringify({ raw_arguments: text });
  }
}

/** Results are documents, which the answer may cite. https://docs.cohere.com/docs/tool-use-overview */
function toolTurn(message: ToolMessage, path: string): CohereMessage {
  const { content } = message;
  const texts =
    typeof content === 'string'
      ? [content]
      : content.flatMap((part, i) =>
          part.type === 'image_url' ? [] : [textOf(part, `${path}.content[${i}]`)],
        );
  const said = texts.length > 0 ? texts : [captionOf(message.tool_call_id)];
  return { role: 'tool', tool_call_id: message.tool_call_id, content: documents(said) };
}

function documents(texts: readonly string[]): Record<string, unknown>[] {
  return texts.map((data) => ({ type: 'document', document: { data } }));
}

function functionCallId(number: number): string {
  return `function_call_${number}`;
}
