import { describe, expect, it } from '@jest/globals';
import { isRange, rangeOf, resolveRange } from './time-range';

const NOW = new Date('2026-11-21T12:34:56.789Z');

describe('the time range', () => {
  it('ends a moving range with the minute that is running', () => {
    expect(resolveRange('1h', NOW)).toEqual({
      from: '2026-11-21T11:35:00.000Z',
      to: '2026-11-21T12:35:00.000Z',
    });
  });

  it('keeps a fixed range as it stands in the address', () => {
    const text = rangeOf(new Date('2026-11-01T00:00:00Z'), new Date('2026-11-02T00:00:00Z'));
    expect(isRange(text)).toBe(true);
    expect(resolveRange(text, NOW)).toEqual({
      from: '2026-11-01T00:00:00.000Z',
      to: '2026-11-02T00:00:00.000Z',
    });
  });

  it('takes no range that is none or runs backwards', () => {
    expect(isRange('yesterday')).toBe(false);
    expect(isRange('2026-11-02T00:00:00Z..2026-11-01T00:00:00Z')).toBe(false);
    expect(resolveRange('yesterday', NOW).from).toBe('2026-11-20T12:35:00.000Z');
  });
});
