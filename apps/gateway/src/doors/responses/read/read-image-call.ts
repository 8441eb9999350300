import { imageTypeOf, imageUrlProblem, type DrawnImage, type ResponseItem } from '@trunkline/contracts';
import { badField } from './bad-field.js';

/** Ids of pictures that this gateway numbered: the digits of a UUIDv7, and four more. OpenAI's have more. */
const OWN_ID = /^ig_[\da-f]{12}7[\da-f]{3}[89ab][\da-f]{19}$/;

/**
 * The picture that an item of an earlier turn holds.
 * @returns null where the item only names one, or came to nothing
 * @throws AppError 400 for what is no picture
 */
export function readImageCall(item: ResponseItem, path: string): DrawnImage | null {
  const { result, url: address, output_format: format } = item as Record<string, unknown>;
  if (typeof result !== 'string' || result === '')
    return typeof address === 'string' && /^https?:/i.test(address)
      ? { type: 'image_url', image_url: { url: checked(address, `${path}.url`) } }
      : null;
  const named = typeof format === 'string' && format !== '' ? `image/${format}` : 'image/png';
  const bare = result.startsWith('data:') ? result : `data:${imageTypeOf(result) ?? named};base64,${result}`;
  return { type: 'image_url', image_url: { url: checked(bare, `${path}.result`) } };
}

/**
 * Items for an upstream of this dialect: a picture that another maker drew names nothing there, and is shown as one that
 * the user gives.
 */
export function withOwnImagesShown(items: readonly ResponseItem[]): readonly ResponseItem[] {
  if (!items.some(isOwnImage)) return items;
  return items.map((item, i): ResponseItem => {
    const image = isOwnImage(item) ? readImageCall(item, `input[${i}]`) : null;
    if (image === null) return item;
    const part = { type: 'input_image' as const, image_url: image.image_url.url, detail: 'auto' };
    return { type: 'message', role: 'user', content: [part] };
  });
}

function isOwnImage(item: ResponseItem): boolean {
  return item.type === 'image_generation_call' && typeof item['id'] === 'string' && OWN_ID.test(item['id']);
}

function checked(url: string, path: string): string {
  const problem = imageUrlProblem(url);
  if (problem !== null) throw badField(path, problem);
  return url;
}
