import { describe, expect, it } from '@jest/globals';
import { distanceText, momentText, secondText, utcText } from './format-time';

const TIME = new Date('2026-11-21T23:05:09.120Z');

describe('times', () => {
  it('stand in the reader’s zone, and in UTC on hover', () => {
    expect(momentText(TIME, 'Europe/Berlin')).toBe('22 Nov, 00:05');
    expect(secondText(TIME, 'America/New_York')).toBe('18:05:09');
    expect(utcText(TIME)).toBe('2026-11-21 23:05:09.120 UTC');
  });

  it('fall back to UTC in a zone that nobody knows', () => {
    expect(momentText(TIME, 'Mars/Olympus')).toBe('21 Nov, 23:05');
  });

  it('say how far away they are', () => {
    const at = (ms: number) => distanceText(new Date(TIME.getTime() + ms), TIME);
    expect(at(-30_000)).toBe('just now');
    expect(at(-60_000)).toBe('1 minute ago');
    expect(at(-3 * 3_600_000)).toBe('3 hours ago');
    expect(at(4 * 86_400_000)).toBe('in 4 days');
  });
});
