import { ASSUMED_SIZE, imageSize } from '../../counting/image-size.js';
import { tiledImageTokens } from '../../counting/image-tokens.js';
import { countTokens } from '../../counting/count-tokens.js';
import type { PromptSegment } from '../../counting/prompt-cache.js';
import { type FieldPath, refuse } from '../native-problem.js';
import { Fields } from '../read-fields.js';
import { isSealed } from './sealed-reasoning.js';

export interface Item {
  readonly kind: 'user' | 'assistant' | 'other' | 'call' | 'result' | 'reasoning';
  readonly text: string;
  readonly hasImages: boolean;
  readonly callId: string | undefined;
  readonly segment: PromptSegment;
}

// As in chat: the frame around a message.
const MESSAGE_TOKENS = 3;
const FILE_TOKENS = 1_500;

const TYPES = [
  'message',
  'reasoning',
  'function_call',
  'function_call_output',
  'custom_tool_call',
  'custom_tool_call_output',
] as const;

/** Reads `input`. https://platform.openai.com/docs/api-reference/responses/create#responses-create-input */
export function parseInput(body: Fields): readonly Item[] {
  const input = body.required('input');
  if (typeof input === 'string') return [parseItem({ role: 'user', content: input }, ['input'])];
  const list = body.list('input') ?? [];
  if (list.length === 0) refuse(['input'], 'range', 'at least 1 item', 0);
  const items = list.map((item, index) => parseItem(item, ['input', index]));
  checkCalls(items);
  return items;
}

function parseItem(value: unknown, path: FieldPath): Item {
  const item = Fields.of(value, path);
  const type = item.oneOf('type', TYPES) ?? 'message';
  const made = (
    kind: Item['kind'],
    content: Content,
    more: { callId?: string; tokens?: number } = {},
  ): Item => ({
    kind,
    text: content.text,
    hasImages: content.hasImages,
    callId: more.callId,
    segment: { material: JSON.stringify(value), tokens: content.tokens + (more.tokens ?? MESSAGE_TOKENS) },
  });
  switch (type) {
    case 'message': {
      item.required('role');
      const role = item.oneOf('role', ['user', 'assistant', 'system', 'developer']) ?? 'user';
      const kind = role === 'user' || role === 'assistant' ? role : 'other';
      const content = parseContent(item, 'content', role === 'assistant' ? OUTPUT_PARTS : INPUT_PARTS);
      return made(kind, content, { tokens: MESSAGE_TOKENS + countTokens(role) });
    }
    case 'reasoning': {
      item.required('summary');
      item.list('summary');
      const sealed = item.string('encrypted_content');
      if (sealed === undefined)
        refuse(
          path,
          'unsupported',
          `Item '${item.string('id') ?? ''}' not found. Items are not persisted when \`store\` is set to false.`,
        );
      else if (!isSealed(sealed))
        refuse(item.at('encrypted_content'), 'unsupported', 'The encrypted content could not be verified.');
      return made('reasoning', { text: '', tokens: 0, hasImages: false }, { tokens: 0 });
    }
    case 'function_call':
    case 'custom_tool_call': {
      const callId = checkId(item);
      const said =
        item.requiredString('name') +
        (item.string(type === 'function_call' ? 'arguments' : 'input') ??
          refuse(item.at('arguments'), 'missing', 'arguments'));
      return made('call', { text: '', tokens: countTokens(said), hasImages: false }, { callId });
    }
    case 'function_call_output':
    case 'custom_tool_call_output':
      return made('result', parseContent(item, 'output', INPUT_PARTS), { callId: checkId(item) });
  }
}

function checkId(item: Fields): string {
  const id = item.requiredString('call_id');
  if (id.length > 64) refuse(item.at('call_id'), 'range', 'at most 64 characters', id.length);
  return id;
}

interface Content {
  readonly text: string;
  readonly tokens: number;
  readonly hasImages: boolean;
}

const INPUT_PARTS = ['input_text', 'input_image', 'input_file'] as const;
const OUTPUT_PARTS = ['output_text', 'refusal'] as const;

function parseContent(fields: Fields, key: string, types: readonly string[]): Content {
  const content = fields.required(key);
  if (typeof content === 'string') return textContent(content);
  const parts = (fields.list(key) ?? []).map((part, index) =>
    parsePart(part, [...fields.at(key), index], types),
  );
  return {
    text: parts.map((part) => part.text).join(''),
    tokens: parts.reduce((sum, part) => sum + part.tokens, 0),
    hasImages: parts.some((part) => part.hasImages),
  };
}

function parsePart(value: unknown, path: FieldPath, types: readonly string[]): Content {
  const part = Fields.of(value, path);
  part.required('type');
  switch (part.oneOf('type', types)) {
    case 'input_image':
      return { text: '', tokens: imageTokens(part), hasImages: true };
    case 'input_file':
      if (!part.has('file_data') && !part.has('file_url')) part.required('file_data');
      return { text: '', tokens: FILE_TOKENS, hasImages: false };
    case 'refusal':
      return textContent(part.requiredString('refusal'));
    default:
      return textContent(part.requiredString('text'));
  }
}

function textContent(text: string): Content {
  return { text, tokens: countTokens(text), hasImages: false };
}

function imageTokens(part: Fields): number {
  const url = part.requiredString('image_url');
  const detail = part.oneOf('detail', ['auto', 'low', 'high', 'original']);
  const data = /^data:image\/[\w.+-]+;base64,/u.exec(url.slice(0, 100));
  if (data === null && !/^https?:\/\//iu.test(url))
    refuse(
      part.at('image_url'),
      'value',
      "an 'http(s)://' URL, a 'data:image/…;base64,' URL",
      url.slice(0, 60),
    );
  const size =
    data === null
      ? ASSUMED_SIZE
      : (imageSize(url.slice(data[0].length, data[0].length + 65_536)) ?? ASSUMED_SIZE);
  return tiledImageTokens(size, detail === 'low' ? 'low' : 'high');
}

/** Every call must have its output, and every output its call before it. */
function checkCalls(items: readonly Item[]): void {
  const open = new Set<string>();
  for (const { kind, callId = '' } of items) {
    if (kind === 'call') open.add(callId);
    if (kind === 'result' && !open.delete(callId))
      refuse(['input'], 'unsupported', `No tool call found for function call output with call_id ${callId}.`);
  }
  const [first] = open;
  if (first !== undefined)
    refuse(['input'], 'unsupported', `No tool output found for function call ${first}.`);
}
