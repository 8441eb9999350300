import type { ContentPart, ResponseMessagePart } from '@trunkline/contracts';
import { badField } from './bad-field.js';

/**
 * Parts of a message, or of what a tool gave back, as canonical ones; one text alone as a string.
 * @throws AppError 400 for media without data
 */
export function readContent(
  content: string | readonly ResponseMessagePart[],
  path: string,
): string | ContentPart[] {
  if (typeof content === 'string') return content;
  const parts = content.map((part, i) => readPart(part, `${path}[${i}]`));
  const [only] = parts;
  if (!only) return '';
  return parts.length === 1 && only.type === 'text' && !isMarked(only) ? only.text : parts;
}

/** A mark of what to cache goes with its part: it is called the same in chat. */
function readPart(part: ResponseMessagePart, path: string): ContentPart {
  const read = readUnmarked(part, path);
  const mark = part['prompt_cache_breakpoint'] ?? null;
  return mark === null ? read : { ...read, prompt_cache_breakpoint: mark };
}

function isMarked(part: ContentPart): boolean {
  return part['prompt_cache_breakpoint'] !== undefined;
}

function readUnmarked(part: ResponseMessagePart, path: string): ContentPart {
  switch (part.type) {
    case 'input_text':
    case 'output_text':
      return { type: 'text', text: part.text };
    case 'refusal':
      return { type: 'refusal', refusal: part.refusal };
    case 'input_image':
      return readImage(part, path);
    case 'input_file':
      return readFile(part, path);
    case 'input_audio':
      return { type: 'input_audio', input_audio: part.input_audio };
  }
}

function readImage(part: Extract<ResponseMessagePart, { type: 'input_image' }>, path: string): ContentPart {
  // One that is kept at a provider reaches that provider alone, which gets the item as it is.
  if (part.file_id) return { type: 'text', text: '' };
  if (!part.image_url) throw badField(`${path}.image_url`, 'an image needs its URL');
  requireScheme(part.image_url, `${path}.image_url`);
  const detail = part.detail ? { detail: part.detail } : {};
  return { type: 'image_url', image_url: { url: part.image_url, ...detail } };
}

function readFile(part: Extract<ResponseMessagePart, { type: 'input_file' }>, path: string): ContentPart {
  if (part.file_id) return { type: 'file', file: { file_id: part.file_id } };
  const field = part.file_data ? 'file_data' : 'file_url';
  const data = part[field];
  if (!data) throw badField(`${path}.file_data`, 'a file needs its data or its URL');
  if (field === 'file_data' && !/^data:/i.test(data))
    throw badField(`${path}.file_data`, 'is not a base64 data URL');
  requireScheme(data, `${path}.${field}`);
  return { type: 'file', file: { file_data: data, ...(part.filename ? { filename: part.filename } : {}) } };
}

function requireScheme(url: string, path: string): void {
  if (!/^(?:https?|data):/i.test(url)) throw badField(path, 'is neither a data URL nor an http URL');
}
