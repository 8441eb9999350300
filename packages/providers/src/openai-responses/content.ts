import type { ContentPart } from '@trunkline/contracts';
import { cacheMarkOf, withBreakpoint } from '../cache-mark.js';
import { Refusal } from '../refusal.js';

export type InputPart = Record<string, unknown> & { type: string };

/**
 * Text, images and files of a user or a tool.
 * https://platform.openai.com/docs/api-reference/responses/create#responses-create-input
 * @param path of the content, for the refusal
 * @param marks whether marks of what to cache are taken
 * @throws Refusal for what cannot be sent
 */
export function inputParts(content: string | ContentPart[], path: string, marks = false): InputPart[] {
  if (typeof content === 'string') return [{ type: 'input_text', text: content }];
  return content.map((part, i) => {
    const written = inputPart(part, `${path}[${i}]`);
    return marks && cacheMarkOf(part) ? withBreakpoint(written, part) : written;
  });
}

function inputPart(part: ContentPart, path: string): InputPart {
  switch (part.type) {
    case 'text':
      return { type: 'input_text', text: part.text };
    case 'refusal':
      return { type: 'input_text', text: part.refusal };
    case 'image_url':
      return {
        type: 'input_image',
        image_url: part.image_url.url,
        detail: part.image_url.detail ?? 'auto',
      };
    case 'file': {
      const { file_data: data, file_id: id, filename } = part.file;
      // On the client's own credential; on the platform's such a request was refused before.
      if (id) return { type: 'input_file', file_id: id };
      if (!data) throw new Refusal(`${path}.file.file_data`, 'A file needs its data.');
      if (/^https?:/i.test(data)) return { type: 'input_file', file_url: data };
      return { type: 'input_file', filename: filename ?? 'file', file_data: data };
    }
    default:
      throw new Refusal(path, `Content of type ${part.type} cannot be sent to this provider.`);
  }
}

/** What the model itself said; empty texts are left out. */
export function outputParts(content: string | ContentPart[], path: string): InputPart[] {
  const parts: ContentPart[] = typeof content === 'string' ? [{ type: 'text', text: content }] : content;
  return parts.flatMap((part, i): InputPart[] => {
    if (part.type === 'text') return part.text === '' ? [] : [{ type: 'output_text', text: part.text }];
    if (part.type === 'refusal') return [{ type: 'refusal', refusal: part.refusal }];
    throw new Refusal(`${path}[${i}]`, `An assistant message cannot have content of type ${part.type} here.`);
  });
}
