import type { StoredResponse } from '@trunkline/contracts';
import { z } from 'zod';
import { invalidField } from '../../http/api-error.js';

/** https://platform.openai.com/docs/api-reference/responses/input-items */
const query = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  order: z.enum(['asc', 'desc']).default('desc'),
  after: z.string().optional(),
});

export interface InputItems {
  object: 'list';
  data: Record<string, unknown>[];
  first_id: string | null;
  last_id: string | null;
  has_more: boolean;
}

/**
 * A page of what the model was given, the newest first unless asked otherwise.
 * @param wishes the query of the request
 * @throws ApiError `invalid_field` for a page that cannot be
 */
export function listInputItems(
  { items, callId }: StoredResponse & { callId: string },
  wishes: unknown,
): InputItems {
  const read = query.safeParse(wishes);
  if (!read.success) {
    const field = String(read.error.issues[0]?.path[0] ?? 'query');
    throw invalidField(field, `${field} is not valid`);
  }
  const { limit, order, after } = read.data;
  const inOrder = items.map((item, i) => withId(item, callId, i));
  if (order === 'desc') inOrder.reverse();
  const from = after === undefined ? 0 : inOrder.findIndex(({ id }) => id === after) + 1;
  if (after !== undefined && from === 0) throw invalidField('after', 'after is not the id of an item');
  const data = inOrder.slice(from, from + limit);
  return {
    object: 'list',
    data,
    first_id: data[0]?.id ?? null,
    last_id: data.at(-1)?.id ?? null,
    has_more: from + limit < inOrder.length,
  };
}

/** Items that came without an id get one that stays the same, and texts are told as parts. */
function withId(
  item: StoredResponse['items'][number],
  callId: string,
  position: number,
): Record<string, unknown> & { id: string } {
  const own: Record<string, unknown> & { id?: unknown } = item;
  const id = typeof own.id === 'string' && own.id !== '' ? own.id : idOf(item, callId, position);
  if (!('role' in item)) return { ...own, id };
  const type = item.role === 'assistant' ? 'output_text' : 'input_text';
  const content = typeof item.content === 'string' ? [{ type, text: item.content }] : item.content;
  return { ...own, type: 'message', id, status: 'completed', content };
}

function idOf({ type }: StoredResponse['items'][number], callId: string, position: number): string {
  const prefix = type === undefined || type === 'message' ? 'msg' : type.slice(0, 3);
  return `${prefix}_${callId.replaceAll('-', '')}i${position.toString(16).padStart(4, '0')}`;
}
