import { randomFillSync } from 'node:crypto';
import type { AttemptId, CallId } from '@trunkline/contracts';
import { V7Generator } from 'uuidv7';

/** Random numbers are fetched for some hundred ids at a time: a fetch costs as much as the rest of an id. */
const pool = new Uint32Array(1_024);
let used = pool.length;

const generator = new V7Generator({
  nextUint32() {
    if (used === pool.length) {
      randomFillSync(pool);
      used = 0;
    }
    const value = pool[used] ?? 0;
    pool[used] = 0;
    used += 1;
    return value;
  },
});

/** A UUIDv7: request id, lease id and id of the call's row. */
export function newCallId(): CallId {
  return print(generator.generate().bytes) as CallId;
}

/** The same, and the time inside it, Unix milliseconds. */
export function newTimedCallId(): { id: CallId; atMs: number } {
  const { bytes } = generator.generate();
  let atMs = 0;
  for (let at = 0; at < 6; at += 1) atMs = atMs * 256 + (bytes[at] ?? 0);
  return { id: print(bytes) as CallId, atMs };
}

/** A UUIDv7 that the upstream sees. */
export function newAttemptId(): AttemptId {
  return print(generator.generate().bytes) as AttemptId;
}

const DIGITS = Buffer.from('0123456789abcdef');
const text = Buffer.from('00000000-0000-0000-0000-000000000000');
/** Where each byte's first digit stands. */
const PLACES = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34];

/** In one piece: a text put together digit by digit is gathered again by whoever reads it first. */
function print(bytes: Readonly<Uint8Array>): string {
  for (let at = 0; at < PLACES.length; at += 1) {
    const place = PLACES[at] ?? 0;
    const byte = bytes[at] ?? 0;
    text[place] = DIGITS[byte >> 4] ?? 0;
    text[place + 1] = DIGITS[byte & 15] ?? 0;
  }
  return text.toString('latin1');
}
