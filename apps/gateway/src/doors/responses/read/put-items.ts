import type { ResponseItem, ResponsesRequest } from '@trunkline/contracts';
import { badField } from './bad-field.js';

/** Ids of reasoning, ours and OpenAI's. */
const REASONING_ID = /^rs_/;

/**
 * Puts items in the place of their ids. Clients that take everything to be stored send ids of what they were given.
 * Reasoning that is not known is left out, as any that a provider cannot read; all else would be missed.
 * @throws AppError 400 for an id that names nothing here
 */
export function putItems(
  request: ResponsesRequest,
  named: ReadonlyMap<string, ResponseItem>,
): { body: ResponsesRequest; lost: string[] } {
  if (typeof request.input === 'string' || !request.input.some(isReference))
    return { body: request, lost: [] };
  const lost: string[] = [];
  const input = request.input.map((item, i): ResponseItem => {
    if (!isReference(item)) return item;
    const found = named.get(item.id);
    if (found) return found;
    if (!REASONING_ID.test(item.id)) {
      const problem = 'no item of this id is stored here; send the item itself, as with store: false';
      throw badField(`input[${i}].id`, problem);
    }
    lost.push(`input[${i}]`);
    return { type: 'reasoning', id: item.id, summary: [] };
  });
  return { body: { ...request, input }, lost };
}

/** Ids that a request names items by. */
export function namedIds(input: unknown): string[] {
  if (!Array.isArray(input)) return [];
  return (input as unknown[]).flatMap((item) => {
    const { type, id } = (item ?? {}) as { type?: unknown; id?: unknown };
    return type === 'item_reference' && typeof id === 'string' && id !== '' ? [id] : [];
  });
}

function isReference(item: ResponseItem): item is Extract<ResponseItem, { type: 'item_reference' }> {
  return item.type === 'item_reference';
}
