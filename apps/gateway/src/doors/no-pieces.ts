import type { PiecePrinter } from './endpoint-door.js';

/** The printer of an endpoint whose answers always come whole. */
export function noPieces(): PiecePrinter {
  throw new Error('this endpoint answers in one piece');
}
