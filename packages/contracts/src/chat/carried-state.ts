/**
 * A provider's own state as a dialect carries it that has one opaque string for it and no field for who made it: the
 * `signature` of a thinking block, `encrypted_content` of a reasoning item. It comes back on the next turn as it was.
 */
export interface CarriedState {
  /** Kind of provider that made it; null where nothing says. */
  format: string | null;
  /** What `data` is: a signature of the text beside it, opaque reasoning, or nothing; of what broke off nothing is sent. */
  kind: 'signature' | 'encrypted' | 'unsigned' | 'unfinished';
  data: string;
  /** Id that the provider gave it, or of the call that it belongs to. */
  id: string | null;
  /** Position among the reasoning blocks of its answer, as its maker counts. */
  index: number;
}

/** Says of itself what it is, and in which edition: no maker's own state begins so. */
const PREFIX = 'trunkline.state.1.';

/** One string of letters, digits, `.`, `-` and `_`. */
export function printCarriedState({ format, kind, data, id, index }: CarriedState): string {
  const written = JSON.stringify({ f: format, k: kind, d: data, i: id, n: index });
  return PREFIX + Buffer.from(written, 'utf8').toString('base64url');
}

/** Whether a string was made by `printCarriedState`, in this edition or another. */
export function isCarriedState(text: string): boolean {
  return text.startsWith('trunkline.state.');
}

/** @returns null for what is not ours, or was damaged on its way */
export function readCarriedState(text: string): CarriedState | null {
  if (!text.startsWith(PREFIX)) return null;
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(text.slice(PREFIX.length), 'base64url').toString('utf8'));
  } catch {
    return null;
  }
  if (value === null || typeof value !== 'object') return null;
  const { f: format, k: kind, d: data, i: id, n: index } = value as Record<string, unknown>;
  if (!isKind(kind)) return null;
  if (typeof data !== 'string' || typeof index !== 'number' || !Number.isSafeInteger(index)) return null;
  if (!isTextOrNull(format) || !isTextOrNull(id)) return null;
  return { format, kind, data, id, index };
}

const KINDS: readonly unknown[] = ['signature', 'encrypted', 'unsigned', 'unfinished'];

function isKind(value: unknown): value is CarriedState['kind'] {
  return KINDS.includes(value);
}

function isTextOrNull(value: unknown): value is string | null {
  return value === null || typeof value === 'string';
}
