import { countTokens } from '../../counting/count-tokens.js';
import { ASSUMED_SIZE, imageSize } from '../../counting/image-size.js';
import { areaImageTokens } from '../../counting/image-tokens.js';
import type { CacheLifetime } from '../../counting/prompt-cache.js';
import { thinkingSignature } from '../anthropic/signature.js';
import { type FieldPath, refuse } from '../native-problem.js';
import { Fields } from '../read-fields.js';
import type { ModelRules } from './model-rules.js';

/** A content block, as far as counting and answering need it. */
export interface Block {
  readonly kind: string;
  readonly text: string;
  readonly tokens: number;
  /** Id of the call that a `toolUse` makes or a `toolResult` answers. */
  readonly callId: string | undefined;
  readonly material: string;
  /** Set by the cache point behind it. */
  readonly mark?: CacheLifetime;
}

const USER = ['text', 'image', 'document', 'video', 'audio', 'toolResult', 'guardContent'];
const ASSISTANT = ['text', 'toolUse', 'reasoningContent', 'citationsContent'];
const SYSTEM = ['text', 'guardContent'];
const RESULT = ['text', 'json', 'image', 'document', 'video'];
const FORMATS: Readonly<Record<string, readonly string[]>> = {
  image: ['png', 'jpeg', 'gif', 'webp'],
  document: ['pdf', 'csv', 'doc', 'docx', 'xls', 'xlsx', 'html', 'txt', 'md'],
  video: ['mkv', 'mov', 'mp4', 'webm', 'flv', 'mpeg', 'mpg', 'wmv', 'three_gp'],
  audio: [
    'mp3',
    'opus',
    'wav',
    'aac',
    'flac',
    'mp4',
    'ogg',
    'mkv',
    'mka',
    'm4a',
    'mpeg',
    'mpga',
    'pcm',
    'webm',
    'x-aac',
  ],
};
const DOCUMENT_TOKENS = 1_500;
const AUDIO_TOKENS = 100;

/**
 * Reads a list of blocks; cache points become marks of what stands before them.
 * https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ContentBlock.html
 */
export function parseBlocks(
  list: readonly unknown[],
  path: FieldPath,
  role: 'user' | 'assistant' | 'system' | 'result',
  rules: ModelRules,
): readonly Block[] {
  const known = { user: USER, assistant: ASSISTANT, system: SYSTEM, result: RESULT }[role];
  const blocks: Block[] = [];
  list.forEach((value, index) => {
    const at = [...path, index];
    const fields = Fields.of(value, at);
    const kinds = Object.keys(value as object);
    const [kind = ''] = kinds;
    if (kinds.length !== 1)
      refuse(at, 'unsupported', `The content block at ${at.join('.')} must have exactly one member.`);
    if (kind === 'cachePoint' && role !== 'result') {
      addPoint(blocks, fields.requiredObject('cachePoint'), at, rules);
      return;
    }
    if (!known.includes(kind))
      refuse(
        at,
        'unsupported',
        `The ${kind} field at ${at.join('.')} is not supported for the role ${role}.`,
      );
    blocks.push(parseBlock(kind, fields, JSON.stringify(value), rules));
  });
  return blocks;
}

function addPoint(blocks: Block[], point: Fields, path: FieldPath, rules: ModelRules): void {
  point.required('type');
  point.oneOf('type', ['default']);
  const mark = point.oneOf('ttl', ['5m', '1h']) ?? '5m';
  const last = blocks.at(-1);
  if (!rules.cachePoints)
    refuse(
      path,
      'unsupported',
      'You invoked an unsupported model or your request did not allow prompt caching.',
    );
  if (last === undefined || last.mark !== undefined)
    refuse(path, 'unsupported', `There is no content before the cachePoint at ${path.join('.')}.`);
  if (last?.kind === 'document' || last?.kind === 'video')
    refuse(path, 'unsupported', `A cachePoint may not follow a ${last.kind}.`);
  if (last) blocks[blocks.length - 1] = { ...last, mark };
}

function parseBlock(kind: string, fields: Fields, material: string, rules: ModelRules): Block {
  const base = { kind, material, text: '', tokens: 0, callId: undefined };
  switch (kind) {
    case 'text': {
      const text = fields.requiredString('text');
      if (text.trim() === '')
        refuse(
          fields.path,
          'unsupported',
          `The text field in the ContentBlock object at ${fields.path.join('.')} is blank. Add text to the text field, and try again.`,
        );
      return { ...base, text, tokens: countTokens(text) };
    }
    case 'image':
    case 'document':
    case 'video':
    case 'audio':
      return { ...base, tokens: mediaTokens(kind, fields.requiredObject(kind)) };
    case 'toolUse': {
      const use = fields.requiredObject('toolUse');
      const input = JSON.stringify(Fields.of(use.required('input'), use.at('input')) && use.raw('input'));
      const tokens = countTokens(use.requiredString('name')) + countTokens(input);
      return { ...base, tokens, callId: readId(use, rules) };
    }
    case 'toolResult': {
      const result = fields.requiredObject('toolResult');
      const content = parseBlocks(result.list('content') ?? [], result.at('content'), 'result', rules);
      result.oneOf('status', ['success', 'error']);
      return {
        ...base,
        callId: readId(result, rules),
        text: content.map(({ text }) => text).join(''),
        tokens: content.reduce((sum, { tokens }) => sum + tokens, 0),
      };
    }
    case 'reasoningContent':
      checkReasoning(fields.requiredObject('reasoningContent'), rules);
      return base;
    default:
      return { ...base, tokens: countTokens(material) };
  }
}

function readId(fields: Fields, { isMistral }: ModelRules): string {
  const id = fields.requiredString('toolUseId');
  const pattern = isMistral ? /^[a-zA-Z0-9]{9}$/u : /^[a-zA-Z0-9_-]{1,64}$/u;
  if (!pattern.test(id))
    refuse(fields.at('toolUseId'), 'unsupported', `Tool use id ${id} does not match ${pattern.source}.`);
  return id;
}

function mediaTokens(kind: string, media: Fields): number {
  media.required('format');
  media.oneOf('format', FORMATS[kind] ?? []);
  const bytes = media.requiredObject('source').requiredString('bytes');
  if (!/^[A-Za-z0-9+/]*={0,2}$/u.test(bytes))
    refuse(media.at('source'), 'unsupported', 'The bytes are not base64.');
  if (kind === 'document') {
    const name = media.requiredString('name');
    if (!/^[\w()[\]-]+(?: [\w()[\]-]+)*$/u.test(name))
      refuse(
        media.at('name'),
        'unsupported',
        'The document file name can only contain alphanumeric characters, whitespace characters, hyphens, parentheses, and square brackets. The name can’t contain more than one consecutive whitespace character.',
      );
    return DOCUMENT_TOKENS;
  }
  return kind === 'image' ? areaImageTokens(imageSize(bytes) ?? ASSUMED_SIZE) : AUDIO_TOKENS;
}

/** Claude's signatures are the same wherever it is sold. */
function checkReasoning(reasoning: Fields, { isClaude }: ModelRules): void {
  if (reasoning.has('redactedContent')) {
    reasoning.requiredString('redactedContent');
    return;
  }
  const block = reasoning.requiredObject('reasoningText');
  const text = block.requiredString('text');
  if (!isClaude)
    refuse(
      reasoning.path,
      'unsupported',
      'User messages cannot contain reasoning content. Please remove the reasoning content and try again.',
    );
  if (block.requiredString('signature') !== thinkingSignature(text))
    refuse(
      reasoning.path,
      'unsupported',
      `The model returned the following errors: ${reasoning.path.join('.')}: Invalid \`signature\` in \`thinking\` block`,
    );
}
