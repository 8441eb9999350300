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
  return generator.generate().toString() as CallId;
}

/** A UUIDv7 that the upstream sees. */
export function newAttemptId(): AttemptId {
  return generator.generate().toString() as AttemptId;
}
