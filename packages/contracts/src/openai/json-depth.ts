/**
 * Whether a parsed JSON value is nested deeper than `max` levels. Walks without recursion, so that no depth can
 * overflow the stack; strings cost nothing, whatever their size.
 */
export function isDeeperThan(value: unknown, max: number): boolean {
  if (value === null || typeof value !== 'object') return false;
  let level: object[] = [value];
  for (let depth = 1; level.length > 0; depth += 1) {
    if (depth > max) return true;
    const next: object[] = [];
    for (const parent of level) pushChildren(parent, next);
    level = next;
  }
  return false;
}

/** `for in` and not `Object.values`: no array is made for each object of a large body. */
function pushChildren(parent: object, into: object[]): void {
  if (Array.isArray(parent)) {
    for (const child of parent as unknown[]) pushContainer(child, into);
    return;
  }
  const fields = parent as Record<string, unknown>;
  for (const key in fields) pushContainer(fields[key], into);
}

function pushContainer(value: unknown, into: object[]): void {
  if (value !== null && typeof value === 'object') into.push(value);
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

/**
 * The same for JSON that is not parsed yet, and whether it has more objects and arrays than allowed: parsing 30 MB of
 * brackets takes seconds and a gigabyte, finding them takes neither. Strings are jumped over. Of bytes that are no
 * JSON it may say either; the parser refuses them.
 */
export function isJsonOver(bytes: Buffer, max: { depth: number; containers: number }): boolean {
  let depth = 0;
  let containers = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    switch (bytes[at]) {
      case OPEN_BRACKET:
      case OPEN_BRACE:
        depth += 1;
        containers += 1;
        if (depth > max.depth || containers > max.containers) return true;
        break;
      case CLOSE_BRACKET:
      case CLOSE_BRACE:
        depth -= 1;
        break;
      case QUOTE:
        at = endOfString(bytes, at);
        if (at < 0) return false;
        break;
      case undefined:
      default:
        break;
    }
  }
  return false;
}

/** Index of the quote that closes the string opened at `open`; -1 if none does. */
function endOfString(bytes: Buffer, open: number): number {
  let close = bytes.indexOf(QUOTE, open + 1);
  while (close >= 0) {
    let backslashes = 0;
    while (bytes[close - 1 - backslashes] === BACKSLASH) backslashes += 1;
    if (backslashes % 2 === 0) return close;
    close = bytes.indexOf(QUOTE, close + 1);
  }
  return -1;
}
