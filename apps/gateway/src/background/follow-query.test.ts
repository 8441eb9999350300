import { describe, expect, it } from '@jest/globals';
import { readFollowing } from './follow-query.js';

describe('a retrieval', () => {
  it('is a stream where it says so, from behind the event that it names', () => {
    expect(readFollowing({})).toBeNull();
    expect(readFollowing({ stream: 'false', starting_after: '3' })).toBeNull();
    expect(readFollowing({ stream: 'true' })).toBe(-1);
    expect(readFollowing({ stream: 'true', starting_after: '0' })).toBe(0);
    expect(readFollowing({ stream: 'true', starting_after: '41', include: 'x' })).toBe(41);
  });

  it.each([
    [{ stream: 'yes' }, 'stream'],
    [{ stream: ['true', 'true'] }, 'stream'],
    [{ stream: 'true', starting_after: '-1' }, 'starting_after'],
    [{ stream: 'true', starting_after: '1.5' }, 'starting_after'],
    [{ stream: 'true', starting_after: ['1', '2'] }, 'starting_after'],
    [{ starting_after: '' }, 'starting_after'],
  ])('that says %j is refused', (query, param) => {
    expect(() => readFollowing(query)).toThrow(expect.objectContaining({ code: 'invalid_value', param }));
  });
});
