import { describe, expect, it } from '@jest/globals';
import { uuidTime } from '@trunkline/contracts';
import { newAttemptId, newCallId, newTimedCallId } from './new-id.js';

const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe('an id', () => {
  it('is a UUIDv7 that no other one is', () => {
    const ids = Array.from({ length: 1_000 }, (_, index) => (index % 2 === 0 ? newCallId() : newAttemptId()));
    for (const id of ids) expect(id).toMatch(UUID_V7);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.toSorted()).toEqual(ids);
  });

  it('has the time inside it that is said beside it', () => {
    const before = Date.now();
    const { id, atMs } = newTimedCallId();
    expect(uuidTime(id).getTime()).toBe(atMs);
    expect(id).toMatch(UUID_V7);
    expect(Math.abs(atMs - before)).toBeLessThan(1_000);
  });
});
