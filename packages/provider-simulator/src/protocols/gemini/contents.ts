import { countTokens } from '../../counting/count-tokens.js';
import { ASSUMED_SIZE, imageSize } from '../../counting/image-size.js';
import { areaImageTokens } from '../../counting/image-tokens.js';
import type { PromptSegment } from '../../counting/prompt-cache.js';
import { type FieldPath, refuse } from '../native-problem.js';
import { Fields } from '../read-fields.js';
import { isOwnSignature } from './signature.js';

/** A content of the conversation, as far as counting and answering need it. */
export interface Content {
  readonly role: 'user' | 'model';
  readonly text: string;
  readonly calls: readonly SignedCall[];
  /** What functions answered, as JSON. */
  readonly results: readonly string[];
  readonly hasImages: boolean;
  readonly segment: PromptSegment;
  readonly path: FieldPath;
}

interface SignedCall {
  readonly name: string;
  readonly isSigned: boolean;
}

interface Part {
  readonly text: string;
  readonly tokens: number;
  readonly call?: SignedCall;
  readonly result?: string;
  readonly isImage?: boolean;
}

const CONTENT_TOKENS = 3;
const FILE_TOKENS = 1_500;
const IMAGE_TYPES = ['image/png', 'image/jpeg', 'image/webp', 'image/heic', 'image/heif', 'image/gif'];
const BASE64 = /^[A-Za-z0-9+/_-]+={0,2}$/u;
const KINDS = ['text', 'inlineData', 'fileData', 'functionCall', 'functionResponse'];
const MEMBERS = [...KINDS, 'thought', 'thoughtSignature', 'mediaResolution', 'videoMetadata'];

/** Reads the contents and refuses what Gemini refuses. https://ai.google.dev/api/caching#Content */
export function parseContents(body: Fields, isStrictAboutSignatures: boolean): readonly Content[] {
  const list = body.list('contents') ?? [];
  if (list.length === 0)
    refuse(['contents'], 'unsupported', '* GenerateContentRequest.contents: contents is not specified');
  const contents = list.map((value, index) => parseContent(value, ['contents', index]));
  checkCallsAndResults(contents);
  if (isStrictAboutSignatures) checkSignatures(contents);
  return contents;
}

export function parseContent(value: unknown, path: FieldPath): Content {
  const fields = Fields.of(value, path);
  const role = fields.string('role') ?? 'user';
  if (role !== 'user' && role !== 'model')
    refuse(path, 'unsupported', 'Please use a valid role: user, model.');
  const parts = (fields.list('parts') ?? []).map((part, index) => parsePart(part, [...path, 'parts', index]));
  if (parts.length === 0)
    refuse(
      path,
      'unsupported',
      `* GenerateContentRequest.${path.join('.')}.parts: contents.parts must not be empty.`,
    );
  return {
    role,
    text: parts.map((part) => part.text).join(''),
    calls: parts.flatMap((part) => part.call ?? []),
    results: parts.flatMap((part) => part.result ?? []),
    hasImages: parts.some((part) => part.isImage === true),
    segment: {
      material: JSON.stringify(value),
      tokens: CONTENT_TOKENS + countTokens(role) + parts.reduce((sum, part) => sum + part.tokens, 0),
    },
    path,
  };
}

function parsePart(value: unknown, path: FieldPath): Part {
  const part = Fields.of(value, path);
  const unknown = Object.keys(value as object).find((key) => !MEMBERS.includes(key));
  if (unknown !== undefined)
    refuse(
      path,
      'unsupported',
      `Invalid JSON payload received. Unknown name "${unknown}" at '${path.join('.')}': Cannot find field.`,
    );
  if (KINDS.filter((kind) => part.has(kind)).length !== 1)
    refuse(
      path,
      'unsupported',
      "Unable to submit request because it must have exactly one of a part's data fields.",
    );
  const signature = part.string('thoughtSignature');
  if (signature !== undefined && !isOwnSignature(signature))
    refuse(part.at('thoughtSignature'), 'unsupported', 'Thought signature is not valid.');
  if (part.has('functionCall')) return parseCall(part, signature !== undefined);
  if (part.has('functionResponse')) return parseResult(part);
  if (part.has('inlineData')) return parseInlineData(part.requiredObject('inlineData'));
  if (part.has('fileData')) {
    part.requiredObject('fileData').requiredString('fileUri');
    return { text: '', tokens: FILE_TOKENS };
  }
  const text = part.requiredString('text');
  // Thoughts of earlier turns count nothing.
  return part.boolean('thought') === true ? { text: '', tokens: 0 } : { text, tokens: countTokens(text) };
}

function parseCall(part: Fields, isSigned: boolean): Part {
  const call = part.requiredObject('functionCall');
  const name = call.requiredString('name');
  call.string('id');
  const args = call.object('args') === undefined ? {} : call.raw('args');
  const tokens = countTokens(name) + countTokens(JSON.stringify(args));
  return { text: '', tokens, call: { name, isSigned } };
}

function parseResult(part: Fields): Part {
  const result = part.requiredObject('functionResponse');
  const name = result.requiredString('name');
  result.string('id');
  result.requiredObject('response');
  const said = JSON.stringify(result.raw('response'));
  const media = (result.list('parts') ?? []).map((value, index) =>
    parseInlineData(Fields.of(value, [...result.at('parts'), index]).requiredObject('inlineData')),
  );
  return {
    text: '',
    tokens: countTokens(name) + countTokens(said) + media.reduce((sum, { tokens }) => sum + tokens, 0),
    result: said,
    isImage: media.some(({ isImage }) => isImage === true),
  };
}

function parseInlineData(data: Fields): Part {
  const type = data.requiredString('mimeType');
  const bytes = data.requiredString('data');
  if (!BASE64.test(bytes))
    refuse(
      data.at('data'),
      'unsupported',
      `Invalid value at '${data.at('data').join('.')}' (TYPE_BYTES), Base64 decoding failed`,
    );
  if (!type.startsWith('image/')) return { text: '', tokens: type.startsWith('audio/') ? 100 : FILE_TOKENS };
  if (!IMAGE_TYPES.includes(type)) refuse(data.path, 'unsupported', `Unsupported MIME type: ${type}`);
  return { text: '', tokens: areaImageTokens(imageSize(bytes) ?? ASSUMED_SIZE), isImage: true };
}

/** Each turn of calls is followed by as many results, and results come after calls alone. */
function checkCallsAndResults(contents: readonly Content[]): void {
  contents.forEach(({ calls, results, path }, index) => {
    const before = contents[index - 1]?.calls.length ?? 0;
    const after = contents[index + 1]?.results.length ?? 0;
    if (results.length > 0 && before === 0)
      refuse(
        path,
        'unsupported',
        'Please ensure that function response turn comes immediately after a function call turn.',
      );
    if (calls.length > 0 && calls.length !== after)
      refuse(
        path,
        'unsupported',
        'Please ensure that the number of function response parts is equal to the number of function call parts of the function call turn.',
      );
  });
}

/** In the turn under way the first call of each step brings its signature. */
function checkSignatures(contents: readonly Content[]): void {
  const turn = contents.slice(contents.findLastIndex(({ role, text }) => role === 'user' && text !== '') + 1);
  const unsigned = turn.find(({ calls }) => calls[0]?.isSigned === false);
  if (unsigned !== undefined) {
    refuse(
      unsigned.path,
      'unsupported',
      `Function call is missing a thought_signature in functionCall parts. This is required for tools to work correctly. Function call \`default_api:${unsigned.calls[0]?.name}\`.`,
    );
  }
}
