import { describe, expect, it } from '@jest/globals';
import { RecentFrames } from './recent-frames.js';

const KILOBYTE = 'x'.repeat(1_024);

function filled(count: number): RecentFrames {
  const recent = new RecentFrames(10);
  for (let number = 11; number <= 10 + count; number += 1) recent.push({ number, payload: KILOBYTE });
  return recent;
}

describe('RecentFrames', () => {
  it('gives the frames from a number on, however many were forgotten', () => {
    const recent = filled(5_000);
    for (const dropped of [11, 12, 1_500, 4_000, 5_008]) {
      recent.dropUpTo(dropped);
      expect(recent.has(dropped)).toBe(false);
      expect(recent.has(dropped + 1)).toBe(true);
      expect(recent.from(dropped + 1)[0]?.number).toBe(dropped + 1);
      expect(recent.from(5_009).map(({ number }) => number)).toEqual([5_009, 5_010]);
    }
  });

  it('keeps 8 MiB of what is written, and all that is not', () => {
    const recent = filled(10_000);
    recent.trim(11);
    expect(recent.from(12)).toHaveLength(9_999);
    recent.trim(10_010);
    expect(recent.from(0)).toHaveLength(8 * 1_024);
    expect(recent.from(0)[0]?.number).toBe(10_010 - 8 * 1_024 + 1);
  });

  it('counts what comes after it was emptied', () => {
    const recent = filled(3);
    recent.dropUpTo(13);
    recent.push({ number: 14, payload: KILOBYTE });
    expect(recent.from(14)).toHaveLength(1);
    recent.restartAfter(20);
    recent.push({ number: 21, payload: KILOBYTE });
    expect(recent.from(21).map(({ number }) => number)).toEqual([21]);
  });
});
