import type { JsonRecord } from '../loose-json.js';

/** What is known on the way down into a schema. */
export interface Place {
  readonly depth: number;
  /** References that are being written out. */
  readonly open: readonly string[];
}

/** For what is made here and stands nowhere in the client's schema. */
export const NOWHERE: Place = { depth: 0, open: [] };

/** Rewrites one schema within another; null where one that contains itself is cut off. */
export type CompileWithin = (value: unknown, place: Place) => JsonRecord | null;
