import { ASSUMED_SIZE, imageSize } from '../../counting/image-size.js';
import { tiledImageTokens } from '../../counting/image-tokens.js';
import { countTokens } from '../../counting/count-tokens.js';
import type { PromptSegment } from '../../counting/prompt-cache.js';
import { type FieldPath, refuse } from '../native-problem.js';
import { Fields } from '../read-fields.js';

const ROLES = ['system', 'user', 'assistant', 'tool'] as const;

export interface CohereTurn {
  readonly role: (typeof ROLES)[number];
  readonly text: string;
  readonly hasImages: boolean;
  readonly callIds: readonly string[];
  readonly answersCall: string | undefined;
  readonly segment: PromptSegment;
}

const MESSAGE_TOKENS = 3;

export function parseTurns(body: Fields): readonly CohereTurn[] {
  body.required('messages');
  const raw = body.list('messages') ?? [];
  if (raw.length === 0) refuse([], 'unsupported', 'messages must not be empty');
  const turns = raw.map((turn, index) => parseTurn(turn, [...body.at('messages'), index]));
  if (turns.findLastIndex(({ role }) => role === 'system') > 0)
    refuse([], 'unsupported', 'system turn must be the first in the list');
  checkCalls(turns);
  return turns;
}

function parseTurn(value: unknown, path: FieldPath): CohereTurn {
  const fields = Fields.of(value, path);
  fields.required('role');
  const role = fields.oneOf('role', ROLES) ?? 'user';
  const calls = role === 'assistant' ? parseCalls(fields) : { ids: [], tokens: 0 };
  const content = parseContent(fields, role);
  if (content.text === '' && !content.hasImages && calls.ids.length === 0 && role !== 'tool')
    refuse([], 'unsupported', 'message must not be empty in a turn');
  const plan = role === 'assistant' ? (fields.string('tool_plan') ?? '') : '';
  return {
    role,
    text: content.text,
    hasImages: content.hasImages,
    callIds: calls.ids,
    answersCall: role === 'tool' ? fields.requiredString('tool_call_id') : undefined,
    segment: {
      material: JSON.stringify(value),
      tokens: MESSAGE_TOKENS + countTokens(role) + content.tokens + calls.tokens + countTokens(plan),
    },
  };
}

interface Content {
  readonly text: string;
  readonly tokens: number;
  readonly hasImages: boolean;
}

function parseContent(fields: Fields, role: CohereTurn['role']): Content {
  const content = fields.raw('content');
  if (content === undefined) {
    if (role !== 'assistant') refuse(fields.at('content'), 'missing', 'content');
    return textContent('');
  }
  if (typeof content === 'string') return textContent(content);
  const parts = (fields.list('content') ?? []).map((part, index) =>
    parsePart(part, [...fields.at('content'), index], role),
  );
  return {
    text: parts.map(({ text }) => text).join(''),
    tokens: parts.reduce((sum, { tokens }) => sum + tokens, 0),
    hasImages: parts.some(({ hasImages }) => hasImages),
  };
}

const PARTS_OF: Readonly<Record<CohereTurn['role'], readonly string[]>> = {
  system: ['text'],
  user: ['text', 'image_url'],
  assistant: ['text', 'thinking'],
  tool: ['text', 'document'],
};

function parsePart(value: unknown, path: FieldPath, role: CohereTurn['role']): Content {
  const part = Fields.of(value, path);
  part.required('type');
  switch (part.oneOf('type', PARTS_OF[role])) {
    case 'image_url':
      return { text: '', tokens: imageTokens(part.requiredObject('image_url')), hasImages: true };
    case 'thinking':
      part.requiredString('thinking');
      return textContent('');
    case 'document': {
      const data = part.requiredObject('document').required('data');
      return textContent(typeof data === 'string' ? data : JSON.stringify(data));
    }
    default:
      return textContent(part.requiredString('text'));
  }
}

function textContent(text: string): Content {
  return { text, tokens: countTokens(text), hasImages: false };
}

function imageTokens(image: Fields): number {
  const url = image.requiredString('url');
  const detail = image.oneOf('detail', ['auto', 'low', 'high']);
  const data = /^data:image\/[\w.+-]+;base64,/u.exec(url.slice(0, 100));
  if (data === null && !/^https?:\/\//iu.test(url))
    refuse(image.at('url'), 'value', 'an http URL or a data URL of an image', url.slice(0, 60));
  const size =
    data === null
      ? ASSUMED_SIZE
      : (imageSize(url.slice(data[0].length, data[0].length + 65_536)) ?? ASSUMED_SIZE);
  return tiledImageTokens(size, detail === 'low' ? 'low' : 'high');
}

function parseCalls(fields: Fields): { ids: readonly string[]; tokens: number } {
  let tokens = 0;
  const ids = (fields.list('tool_calls') ?? []).map((value, index) => {
    const call = Fields.of(value, [...fields.at('tool_calls'), index]);
    const made = call.requiredObject('function');
    const text = made.requiredString('arguments');
    try {
      JSON.parse(text);
    } catch {
      refuse([], 'unsupported', `tool call arguments must be a JSON object, received: ${text.slice(0, 100)}`);
    }
    tokens += countTokens(made.requiredString('name')) + countTokens(text);
    return call.requiredString('id');
  });
  return { ids, tokens };
}

/** Every result must have its call, and every call its result. */
function checkCalls(turns: readonly CohereTurn[]): void {
  let open = new Set<string>();
  for (const { role, callIds, answersCall } of turns) {
    if (role === 'tool') {
      if (!open.delete(answersCall ?? ''))
        refuse(
          [],
          'unsupported',
          `tool call id not found in previous tool calls: ${String(answersCall).slice(0, 60)}`,
        );
      continue;
    }
    if (open.size > 0) break;
    open = new Set(callIds);
  }
  if (open.size > 0)
    refuse([], 'unsupported', `all tool calls must have corresponding tool results: ${[...open].join(', ')}`);
}
