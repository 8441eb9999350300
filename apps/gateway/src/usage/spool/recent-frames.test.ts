import { describe, expect, it } from '@jest/globals';
import { type Frame, maxFrameBytes, writeFrame } from './frame.js';
import { RecentFrames } from './recent-frames.js';

const KILOBYTE = 'x'.repeat(1_024);
const EVERYTHING = Number.MAX_SAFE_INTEGER;

function push(recent: RecentFrames, first: number, last: number, payload = KILOBYTE): void {
  for (let number = first; number <= last; number += 1) recent.push({ number, payload });
}

/** Puts together what is not written, as the spool does for its disk. */
function write(recent: RecentFrames): void {
  const frames = recent.unwritten;
  const room = recent.room(frames.reduce((sum, { payload }) => sum + maxFrameBytes(payload), 0));
  let end = 0;
  for (const { number, payload } of frames) end = writeFrame(room, end, number, payload);
  recent.wrote(end);
}

function all(recent: RecentFrames, from: number): Frame[] {
  const frames: Frame[] = [];
  for (;;) {
    const more = recent.from(from + frames.length, EVERYTHING);
    if (more.length === 0) return frames;
    frames.push(...more);
  }
}

/** Frames 11 to 10 + count, written a hundred at a time. */
function filled(count: number): RecentFrames {
  const recent = new RecentFrames(10);
  for (let first = 11; first <= 10 + count; first += 100) {
    push(recent, first, Math.min(first + 99, 10 + count));
    write(recent);
  }
  return recent;
}

const numbersOf = (frames: readonly Frame[]) => frames.map(({ number }) => number);
const range = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);

describe('RecentFrames', () => {
  it('gives the frames from a number on, however many were forgotten', () => {
    const recent = filled(5_000);
    for (const dropped of [11, 12, 1_500, 4_000, 5_008]) {
      recent.dropUpTo(dropped);
      expect(recent.has(dropped)).toBe(false);
      expect(recent.has(dropped + 1)).toBe(true);
      expect(recent.from(dropped + 1, 1)).toEqual([{ number: dropped + 1, payload: KILOBYTE }]);
      expect(numbersOf(all(recent, dropped + 1))).toEqual(range(dropped + 1, 5_010));
    }
  });

  it('gives no more than were asked for', () => {
    const recent = filled(300);
    push(recent, 311, 320);
    expect(numbersOf(recent.from(100, 7))).toEqual(range(100, 106));
    expect(numbersOf(recent.from(312, 3))).toEqual([312, 313, 314]);
    expect(recent.from(100, 0)).toEqual([]);
  });

  it('keeps up to 8 MiB of what is written, and all that is not', () => {
    const recent = new RecentFrames(10);
    push(recent, 11, 20_010);
    expect(recent.from(11, EVERYTHING)).toHaveLength(20_000);
    write(recent);
    for (let first = 20_011; first < 30_000; first += 100) {
      push(recent, first, first + 99);
      write(recent);
    }
    const kept = range(11, 30_010).filter((number) => recent.has(number));
    expect(kept.length).toBeGreaterThan(5 * 1_024);
    expect(kept.length).toBeLessThanOrEqual(8 * 1_024);
    expect(numbersOf(all(recent, kept[0] ?? 0))).toEqual(range(30_010 - kept.length + 1, 30_010));
  });

  it('goes from what is written on to what is not', () => {
    const recent = filled(150);
    push(recent, 161, 170, 'gr\u00fc\u00dfe \u{1f600}');
    expect(numbersOf(all(recent, 20))).toEqual(range(20, 170));
    write(recent);
    expect(recent.from(161, 1)).toEqual([{ number: 161, payload: 'gr\u00fc\u00dfe \u{1f600}' }]);
  });

  it('has what the disk did not take, and nothing of what was put together for it', () => {
    const recent = filled(100);
    push(recent, 111, 115);
    recent.room(1_000).fill(1);
    push(recent, 116, 120);
    expect(numbersOf(all(recent, 105))).toEqual(range(105, 120));
    write(recent);
    expect(numbersOf(all(recent, 105))).toEqual(range(105, 120));
  });

  it('goes on behind frames that were confirmed without ever being written', () => {
    const recent = filled(100);
    push(recent, 111, 150);
    recent.dropUpTo(140);
    expect(numbersOf(recent.unwritten)).toEqual(range(141, 150));
    write(recent);
    push(recent, 151, 152);
    write(recent);
    expect(recent.has(140)).toBe(false);
    expect(numbersOf(all(recent, 141))).toEqual(range(141, 152));
  });

  it('counts what comes after it was emptied', () => {
    const recent = filled(3);
    recent.dropUpTo(13);
    push(recent, 14, 14);
    expect(recent.from(14, EVERYTHING)).toHaveLength(1);
    recent.restartAfter(20);
    push(recent, 21, 21);
    write(recent);
    expect(numbersOf(all(recent, 21))).toEqual([21]);
  });
});
