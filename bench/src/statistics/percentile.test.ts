import { describe, expect, it } from '@jest/globals';
import { median } from './percentile.js';

describe('median', () => {
  it('is the middle value whatever the order', () => expect(median([9, 1, 5])).toBe(5));
  it('is the mean of the two in the middle', () => expect(median([1, 9, 3, 5])).toBe(4));
  it('is not moved by one wild round', () => expect(median([10, 11, 12, 900, 11])).toBe(11));
  it('is no number without values', () => expect(median([])).toBeNaN());
});
