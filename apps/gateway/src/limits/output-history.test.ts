import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { OutputHistory } from './output-history.js';

describe('OutputHistory', () => {
  it('expects the 95th percentile of the last 64 lengths, whatever came', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(50), { minLength: 1, maxLength: 200 }), (lengths) => {
        const history = new OutputHistory();
        for (const length of lengths) history.add('k/m', length);
        const sorted = lengths.slice(-64).toSorted((a, b) => a - b);
        expect(history.expected('k/m')).toBe(sorted[Math.ceil(sorted.length * 0.95) - 1]);
      }),
    );
  });
});
