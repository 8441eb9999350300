import { describe, expect, it } from '@jest/globals';
import { FAULTS, type FaultName, isFaultName } from './fault-catalog.js';
import { parseFaultOptions } from './fault-options.js';
import { EARLY_PROGRAMS } from './programs/early.js';
import { LATE_PROGRAMS } from './programs/late.js';

describe('the list of faults', () => {
  it('has exactly one program for each', () => {
    for (const name of Object.keys(FAULTS) as FaultName[]) {
      const programs = [name in EARLY_PROGRAMS, name in LATE_PROGRAMS, name.startsWith('status:')].filter(
        Boolean,
      );
      expect([name, programs.length]).toEqual([name, 1]);
      if (!name.startsWith('status:'))
        expect([name, FAULTS[name].early]).toEqual([name, name in EARLY_PROGRAMS]);
    }
  });

  it('is closed', () => {
    expect(isFaultName('status:418')).toBe(false);
    expect(isFaultName('constructor')).toBe(false);
  });

  it('refuses options that a fault does not take, and wrong values', () => {
    expect(() => parseFaultOptions('refuse', { at: 3 })).toThrow('options.at');
    expect(() => parseFaultOptions('cut', { at: -1 })).toThrow('options.at');
    expect(() => parseFaultOptions('cut', { probability: 2 })).toThrow('options.probability');
    expect(parseFaultOptions('status:429', { retryAfterMs: 5, count: 1 })).toEqual({
      retryAfterMs: 5,
      count: 1,
    });
  });
});
