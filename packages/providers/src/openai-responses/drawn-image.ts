import { imageTypeOf } from '@trunkline/contracts';
import { textOf, type JsonRecord } from '../loose-json.js';

/**
 * The picture that an item of OpenAI's own tool holds, as a `data:` URL, or the address that another gateway gave it.
 * https://platform.openai.com/docs/guides/tools-image-generation
 * @returns null for any other item, and for one that came to nothing
 */
export function drawnImage(item: JsonRecord): string | null {
  if (item['type'] !== 'image_generation_call') return null;
  const result = textOf(item['result']);
  if (result === '') return textOf(item['url']) || null;
  if (result.startsWith('data:')) return result;
  const format = textOf(item['output_format']) || 'png';
  return `data:${imageTypeOf(result) ?? `image/${format}`};base64,${result}`;
}
