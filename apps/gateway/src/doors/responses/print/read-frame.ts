const NUMBER = '"sequence_number":';

/**
 * The number of a frame, found without parsing: within a string the quotes would be escaped.
 * @param expected taken where the frame has none
 */
export function sequenceNumberOf(data: string, expected: number): number {
  const at = data.lastIndexOf(NUMBER);
  const number =
    at < 0 ? Number.NaN : Number.parseInt(data.slice(at + NUMBER.length, at + NUMBER.length + 20), 10);
  return Number.isSafeInteger(number) && number >= expected ? number : expected;
}

/** The type of a frame whose server sends no `event` line. The decoder has read it: it is JSON. */
export function typeOf(data: string): string {
  const { type } = JSON.parse(data) as { type?: unknown };
  return typeof type === 'string' ? type : '';
}
