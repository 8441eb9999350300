import { z } from 'zod';
import { uuid } from '../ids.js';
import { MAX_EXACT_NANO_USD, nanoUsdString } from '../money.js';

/** ISO 8601 with a zone, e.g. `2026-11-21T12:00:00.000Z`. */
export const timestamp = z.iso.datetime({ offset: true });

/** A name that people give: trimmed, 1 to 80 characters. */
export const displayName = z.string().trim().min(1).max(80);

/** A positive amount of nano-USD below 2⁵³. */
export const positiveNanoUsd = nanoUsdString.refine(
  (text) =>
    !nanoUsdString.safeParse(text).success || (BigInt(text) > 0n && BigInt(text) <= MAX_EXACT_NANO_USD),
  'must be more than 0 and below 2^53 nano-USD',
);

/** Requests per minute or calls at once; null lifts the limit. */
export const requestLimit = z.int().min(1).max(10_000_000).nullable();

/** One value or several of a query string: `?model=a&model=b`. */
export function oneOrMore<Value extends z.ZodType<string>>(value: Value) {
  return z
    .union([value, z.array(value).max(50)])
    .transform((given): string[] => (Array.isArray(given) ? given : [given]));
}

/** `true` or `false` as they stand in a query string. */
export const queryFlag = z.enum(['true', 'false']).transform((text) => text === 'true');

export const pageSize = z.coerce.number().int().min(1).max(200).default(50);

export const organizationPath = z.strictObject({ organizationId: uuid });

/** Nothing to say but that it is done. */
export const nothing = z.null();
