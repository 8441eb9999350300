/** Reading other people's JSON: what has not the shape that we know counts as not said. */

export type JsonRecord = Record<string, unknown>;

export function isRecord(value: unknown): value is JsonRecord {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/** An object's fields; of anything else none. */
export function recordOf(value: unknown): JsonRecord {
  return isRecord(value) ? value : {};
}

/** The objects of a list; of anything else none. */
export function recordsOf(value: unknown): JsonRecord[] {
  return Array.isArray(value) ? (value as unknown[]).filter(isRecord) : [];
}

/** A string; of anything else the empty one. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** A whole number of units, not negative; null for anything else. */
export function countOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null;
}

/** The fields of the object that a text is as JSON; of any other text none. */
export function parsedRecord(text: string): JsonRecord {
  try {
    return recordOf(JSON.parse(text));
  } catch {
    return {};
  }
}
