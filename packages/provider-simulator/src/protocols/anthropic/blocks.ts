import { countTokens } from '../../counting/count-tokens.js';
import { ASSUMED_SIZE, imageSize } from '../../counting/image-size.js';
import { areaImageTokens } from '../../counting/image-tokens.js';
import type { CacheLifetime } from '../../counting/prompt-cache.js';
import { type FieldPath, refuse } from '../native-problem.js';
import { Fields } from '../read-fields.js';
import { thinkingSignature } from './signature.js';

/** A content block, as far as counting and answering need it. */
export interface Block {
  readonly type: string;
  readonly text: string;
  readonly tokens: number;
  readonly hasImages: boolean;
  /** Id of the call that a `tool_use` makes or a `tool_result` answers. */
  readonly callId: string | undefined;
  readonly mark: CacheLifetime | undefined;
  readonly material: string;
}

const DOCUMENT_TOKENS = 1_500;

const USER_BLOCKS = [
  'text',
  'image',
  'document',
  'tool_result',
  'search_result',
  'container_upload',
] as const;
const ASSISTANT_BLOCKS = [
  'text',
  'thinking',
  'redacted_thinking',
  'tool_use',
  'server_tool_use',
  'web_search_tool_result',
  'web_fetch_tool_result',
  'code_execution_tool_result',
  'bash_code_execution_tool_result',
  'text_editor_code_execution_tool_result',
  'tool_search_tool_result',
] as const;

/** Reads content that is a string or a list of blocks. */
export function parseBlocks(
  fields: Fields,
  key: string,
  role: 'user' | 'assistant' | 'system',
): readonly Block[] {
  const content = fields.required(key);
  if (typeof content === 'string') return [textBlock(content, undefined, content)];
  const known = role === 'system' ? (['text'] as const) : role === 'user' ? USER_BLOCKS : ASSISTANT_BLOCKS;
  return (fields.list(key) ?? []).map((value, index) => parseBlock(value, [...fields.at(key), index], known));
}

function parseBlock(value: unknown, path: FieldPath, known: readonly string[]): Block {
  const block = Fields.of(value, path);
  block.required('type');
  const type = block.oneOf('type', known) ?? 'text';
  const base = {
    type,
    hasImages: false,
    callId: undefined,
    mark: readMark(block),
    material: JSON.stringify(value),
  };
  switch (type) {
    case 'text': {
      const text = block.requiredString('text');
      if (text === '') refuse(path, 'unsupported', 'text content blocks must be non-empty');
      return textBlock(text, base.mark, base.material);
    }
    case 'image':
      return { ...base, text: '', tokens: imageTokens(block.requiredObject('source')), hasImages: true };
    case 'document':
      return { ...base, text: '', tokens: documentTokens(block.requiredObject('source')) };
    case 'thinking':
      checkSignature(block);
      return { ...base, text: '', tokens: 0 };
    case 'redacted_thinking':
      block.requiredString('data');
      return { ...base, text: '', tokens: 0 };
    case 'tool_use': {
      const input = JSON.stringify(block.required('input'));
      return {
        ...base,
        text: '',
        callId: block.requiredString('id'),
        tokens: countTokens(block.requiredString('name')) + countTokens(input),
      };
    }
    case 'tool_result': {
      const result = block.has('content') ? parseBlocks(block, 'content', 'user') : [];
      return {
        ...base,
        callId: block.requiredString('tool_use_id'),
        text: result.map((part) => part.text).join(''),
        tokens: result.reduce((sum, part) => sum + part.tokens, 0),
        hasImages: result.some((part) => part.hasImages),
      };
    }
    default:
      return { ...base, text: '', tokens: countTokens(base.material) };
  }
}

function textBlock(text: string, mark: CacheLifetime | undefined, material: string): Block {
  return {
    type: 'text',
    text,
    tokens: countTokens(text),
    hasImages: false,
    callId: undefined,
    mark,
    material,
  };
}

/** The lifetime that a `cache_control` member asks for. */
export function readMark(fields: Fields): CacheLifetime | undefined {
  const control = fields.object('cache_control');
  if (control === undefined) return undefined;
  control.required('type');
  control.oneOf('type', ['ephemeral']);
  return control.oneOf('ttl', ['5m', '1h']) ?? '5m';
}

const IMAGE_TYPES = ['image/jpeg', 'image/png', 'image/gif', 'image/webp'] as const;

function imageTokens(source: Fields): number {
  source.required('type');
  const type = source.oneOf('type', ['base64', 'url', 'file']);
  if (type !== 'base64') {
    source.requiredString(type === 'url' ? 'url' : 'file_id');
    return areaImageTokens(ASSUMED_SIZE);
  }
  source.required('media_type');
  source.oneOf('media_type', IMAGE_TYPES);
  const data = source.requiredString('data');
  return areaImageTokens(imageSize(data) ?? ASSUMED_SIZE);
}

function documentTokens(source: Fields): number {
  source.required('type');
  const type = source.oneOf('type', ['base64', 'text', 'content', 'url', 'file']);
  return type === 'text' ? countTokens(source.requiredString('data')) : DOCUMENT_TOKENS;
}

function checkSignature(block: Fields): void {
  const thinking = block.string('thinking') ?? '';
  const signature = block.requiredString('signature');
  const genuine = signature === thinkingSignature(thinking);
  if (!genuine) refuse(block.path, 'unsupported', 'Invalid `signature` in `thinking` block');
}
