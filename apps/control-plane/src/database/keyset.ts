import { invalidField } from '../http/api-error.js';

/** Where a page ended: opaque to clients, so that the order can change without them. */
export function encodeCursor(...parts: string[]): string {
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

/** @throws ApiError `invalid_request` when it is not a cursor of this list */
export function decodeCursor(cursor: string, patterns: readonly RegExp[]): string[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    const fits = Array.isArray(parts) && parts.length === patterns.length;
    if (fits && patterns.every((pattern, index) => pattern.test(String(parts[index]))))
      return parts.map(String);
  } catch {
    // Said below, in one way for all that is wrong with it.
  }
  throw invalidField('cursor', 'cursor does not belong to this list');
}

export const UUID_PART = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
export const TIME_PART = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
export const NUMBER_PART = /^\d{1,19}$/;

/**
 * Cuts a page out of rows that were read with one more than its limit.
 * @param keyOf cursor of a row
 */
export function pageFrom<Row>(rows: readonly Row[], limit: number, keyOf: (row: Row) => string) {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last !== undefined ? keyOf(last) : null };
}
