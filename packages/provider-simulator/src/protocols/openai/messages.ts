import { ASSUMED_SIZE, imageSize } from '../../counting/image-size.js';
import { tiledImageTokens } from '../../counting/image-tokens.js';
import { countTokens } from '../../counting/count-tokens.js';
import type { PromptSegment } from '../../counting/prompt-cache.js';
import { type FieldPath, refuse } from '../native-problem.js';
import { Fields } from '../read-fields.js';

export const ROLES = ['system', 'developer', 'user', 'assistant', 'tool', 'function'] as const;
export type Role = (typeof ROLES)[number];

export interface ChatMessage {
  readonly role: Role;
  readonly text: string;
  readonly hasImages: boolean;
  readonly toolCallIds: readonly string[];
  readonly answersCall: string | undefined;
  readonly segment: PromptSegment;
}

// The frame around a message and the one around a name, as OpenAI's cookbook counts them:
// https://cookbook.openai.com/examples/how_to_count_tokens_with_tiktoken
const MESSAGE_TOKENS = 3;
const NAME_TOKENS = 1;
const FILE_TOKENS = 1_500;
const AUDIO_TOKENS = 100;

export function parseMessages(body: Fields): readonly ChatMessage[] {
  body.required('messages');
  const raw = body.list('messages') ?? [];
  if (raw.length === 0) refuse(body.at('messages'), 'range', 'at least 1 message', 0);
  const messages = raw.map((message, index) => parseMessage(message, [...body.at('messages'), index]));
  checkToolOrder(messages, body.at('messages'));
  return messages;
}

function parseMessage(value: unknown, path: FieldPath): ChatMessage {
  const fields = Fields.of(value, path);
  fields.required('role');
  const role = fields.oneOf('role', ROLES) ?? 'user';
  const name = fields.string('name');
  const calls = parseToolCalls(fields, role);
  if (role === 'tool') fields.required('tool_call_id');
  const content = parseContent(fields, role, calls.ids.length > 0);
  const tokens =
    MESSAGE_TOKENS +
    countTokens(role) +
    content.tokens +
    calls.tokens +
    (name === undefined ? 0 : NAME_TOKENS + countTokens(name));
  return {
    role,
    text: content.text,
    hasImages: content.hasImages,
    toolCallIds: calls.ids,
    answersCall: role === 'tool' ? fields.string('tool_call_id') : undefined,
    segment: { material: JSON.stringify(value), tokens },
  };
}

interface Content {
  readonly text: string;
  readonly tokens: number;
  readonly hasImages: boolean;
}

function parseContent(fields: Fields, role: Role, hasCalls: boolean): Content {
  const content = fields.raw('content');
  if (typeof content === 'string') return { text: content, tokens: countTokens(content), hasImages: false };
  if (content === undefined) {
    if (
      role === 'assistant' &&
      (hasCalls || fields.has('refusal') || fields.has('function_call') || fields.has('audio'))
    ) {
      return { text: '', tokens: 0, hasImages: false };
    }
    return refuse(fields.at('content'), 'type', 'a string', null);
  }
  if (!Array.isArray(content))
    return refuse(fields.at('content'), 'type', 'one of a string or array of objects', content);
  const parts = content.map((part, index) => parsePart(part, [...fields.at('content'), index]));
  return {
    text: parts.map((part) => part.text).join(''),
    tokens: parts.reduce((sum, part) => sum + part.tokens, 0),
    hasImages: parts.some((part) => part.hasImages),
  };
}

const PART_TYPES = ['text', 'image_url', 'input_audio', 'file', 'refusal', 'thinking'] as const;

function parsePart(value: unknown, path: FieldPath): Content {
  const part = Fields.of(value, path);
  part.required('type');
  switch (part.oneOf('type', PART_TYPES)) {
    case 'image_url':
      return { text: '', tokens: imageTokens(part.requiredObject('image_url')), hasImages: true };
    case 'input_audio':
      part.requiredObject('input_audio').requiredString('data');
      return { text: '', tokens: AUDIO_TOKENS, hasImages: false };
    case 'file':
      part.requiredObject('file');
      return { text: '', tokens: FILE_TOKENS, hasImages: false };
    case 'refusal':
      return textContent(part.requiredString('refusal'));
    case 'thinking':
      return { text: '', tokens: 0, hasImages: false };
    default:
      return textContent(part.requiredString('text'));
  }
}

function textContent(text: string): Content {
  return { text, tokens: countTokens(text), hasImages: false };
}

function imageTokens(image: Fields): number {
  const url = image.requiredString('url');
  const detail = image.oneOf('detail', ['auto', 'low', 'high', 'original']);
  const data = /^data:image\/[\w.+-]+;base64,/u.exec(url.slice(0, 100));
  if (data === null && !/^https?:\/\//iu.test(url)) {
    refuse(image.at('url'), 'value', "an 'http(s)://' URL, a 'data:image/…;base64,' URL", url.slice(0, 60));
  }
  const size =
    data === null
      ? ASSUMED_SIZE
      : (imageSize(url.slice(data[0].length, data[0].length + 65_536)) ?? ASSUMED_SIZE);
  return tiledImageTokens(size, detail === 'low' ? 'low' : 'high');
}

function parseToolCalls(fields: Fields, role: Role): { ids: readonly string[]; tokens: number } {
  const list = role === 'assistant' ? (fields.list('tool_calls') ?? []) : [];
  let tokens = 0;
  const ids = list.map((value, index) => {
    const call = Fields.of(value, [...fields.at('tool_calls'), index]);
    const made = call.requiredObject(call.raw('type') === 'custom' ? 'custom' : 'function');
    tokens +=
      countTokens(made.requiredString('name')) +
      countTokens(made.string('arguments') ?? made.string('input') ?? '');
    return call.requiredString('id');
  });
  return { ids, tokens };
}

/** Every call must be answered at once, and every answer must have its call. */
function checkToolOrder(messages: readonly ChatMessage[], path: FieldPath): void {
  let open = new Set<string>();
  const refuseOpen = (index: number): void => {
    if (open.size === 0) return;
    const missing = [...open].join(', ');
    refuse(
      [...path, index, 'role'],
      'unsupported',
      `An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'. The following tool_call_ids did not have response messages: ${missing}`,
    );
  };
  let answering = false;
  messages.forEach((message, index) => {
    if (message.role === 'tool') {
      if (!answering)
        refuse(
          [...path, index, 'role'],
          'unsupported',
          "Invalid parameter: messages with role 'tool' must be a response to a preceding message with 'tool_calls'.",
        );
      open.delete(message.answersCall ?? '');
      return;
    }
    refuseOpen(index);
    open = new Set(message.toolCallIds);
    answering = open.size > 0;
  });
  refuseOpen(messages.length - 1);
}
