import { z } from 'zod';
import { component } from './registry.js';
import { pageSize } from './fields.js';

/** Lists page by key: `cursor` is the `nextCursor` of the page before, opaque to clients. */
export const pageQuery = z.strictObject({
  cursor: z.string().min(1).max(200).optional(),
  limit: pageSize,
});
export type PageQuery = z.infer<typeof pageQuery>;

/** A page of a list; `nextCursor` is null on the last one. */
export function pageOf<Item extends z.ZodType>(id: string, item: Item) {
  return component(id, z.object({ items: z.array(item), nextCursor: z.string().nullable() }));
}

/** A list that is short by nature and comes whole. */
export function listOf<Item extends z.ZodType>(id: string, item: Item) {
  return component(id, z.object({ items: z.array(item) }));
}
