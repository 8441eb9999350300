import { z } from 'zod';

declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

/** UUIDv7 of a call; also `x-request-id` and the id of its lease. */
export type CallId = Branded<'CallId'>;
/** UUIDv7 of one attempt; upstream sees it as `x-client-request-id`. */
export type AttemptId = Branded<'AttemptId'>;
export type OrganizationId = Branded<'OrganizationId'>;
export type ProjectId = Branded<'ProjectId'>;
export type MemberId = Branded<'MemberId'>;
export type ApiKeyId = Branded<'ApiKeyId'>;
export type WalletId = Branded<'WalletId'>;
export type BudgetId = Branded<'BudgetId'>;
export type PriceVersionId = Branded<'PriceVersionId'>;
/** `<node id>-<slot>`: a spool belongs to a slot of a node. */
export type SpoolId = Branded<'SpoolId'>;

/** Any UUID in lower case with hyphens. */
export const uuid = z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/);

/**
 * Time inside a UUIDv7 (RFC 9562 §5.7): its first 48 bits are Unix milliseconds.
 * Rows by time take `created_at` from here, so that a repeated record always meets itself.
 * @throws RangeError when the text is not a UUIDv7
 */
export function uuidTime(id: string): Date {
  if (!/^[0-9a-f]{8}-[0-9a-f]{4}-7/.test(id)) throw new RangeError('not a UUIDv7');
  return new Date(Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16));
}
