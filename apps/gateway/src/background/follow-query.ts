import { AppError } from '@trunkline/errors';

/**
 * What the query of a retrieval says of a stream.
 * @returns number of the last event that the client has, −1 for none; null for no stream
 * @throws AppError 400
 */
export function readFollowing(query: Readonly<Record<string, unknown>>): number | null {
  const { stream = 'false', starting_after: after } = query;
  if (stream !== 'true' && stream !== 'false') throw invalid('stream', 'true or false');
  if (after !== undefined && (typeof after !== 'string' || !/^\d{1,15}$/.test(after)))
    throw invalid('starting_after', 'the number of an event');
  if (stream === 'false') return null;
  return after === undefined ? -1 : Number(after);
}

function invalid(param: string, expected: string): AppError {
  return new AppError('invalid_value', {
    publicMessage: `Invalid value for '${param}': expected ${expected}.`,
    param,
  });
}
