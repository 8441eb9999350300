import { describe, expect, it } from '@jest/globals';
import { isTooDeep } from './too-deep.js';

describe('isTooDeep', () => {
  it('tells depth from breadth and from brackets in texts', () => {
    const deep = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
    expect(isTooDeep(deep(200))).toBe(false);
    expect(isTooDeep(deep(201))).toBe(true);
    expect(isTooDeep(`{"a":${'{"a":'.repeat(300)}1${'}'.repeat(300)}}`)).toBe(true);
    expect(isTooDeep(JSON.stringify(Array.from({ length: 5_000 }, () => [{}])))).toBe(false);
    expect(isTooDeep(JSON.stringify({ text: deep(5_000) }))).toBe(false);
  });
});
