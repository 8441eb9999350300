import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isCarriedState, printCarriedState, readCarriedState, type CarriedState } from './carried-state.js';

const text = fc.string({ unit: 'grapheme' });
const state: fc.Arbitrary<CarriedState> = fc.record({
  format: fc.option(text),
  kind: fc.constantFrom('signature', 'encrypted', 'unsigned', 'unfinished'),
  data: text,
  id: fc.option(text),
  index: fc.nat(),
});

describe('carried state', () => {
  it('comes back as it was, byte for byte', () => {
    fc.assert(
      fc.property(state, (value) => {
        const printed = printCarriedState(value);
        expect(printed).toMatch(/^[\w.-]+$/);
        expect(isCarriedState(printed)).toBe(true);
        expect(readCarriedState(printed)).toEqual(value);
      }),
    );
  });

  it('is never taken for state of a maker, nor the other way round', () => {
    for (const own of ['', 'EpUBCkYIBxgCKkD', 'gAAAAABm', 'skip_thought_signature_validator']) {
      expect(isCarriedState(own)).toBe(false);
      expect(readCarriedState(own)).toBeNull();
    }
  });

  it('says nothing where it was damaged, and never throws', () => {
    fc.assert(
      fc.property(state, fc.nat(), fc.string(), (value, at, noise) => {
        const printed = printCarriedState(value);
        readCarriedState(printed.slice(0, at % printed.length) + noise);
      }),
    );
    expect(readCarriedState('trunkline.state.1.e30')).toBeNull();
    expect(readCarriedState('trunkline.state.2.e30')).toBeNull();
  });
});
