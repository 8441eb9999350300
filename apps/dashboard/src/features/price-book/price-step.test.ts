import { describe, expect, it } from '@jest/globals';
import { priceStep } from './price-step';

describe('the step of a price', () => {
  it.each([
    ['0.15', '0.18', '+20 %', false],
    ['0.60', '0.30', '−50 %', false],
    ['3', '15', '×5', true],
    ['0.005', '15', '×3,000', true],
    ['15', '1.5', '÷10', true],
    ['15', '0', 'free', true],
  ])('from %s to %s is %s', (from, to, text, isRemarkable) => {
    expect(priceStep(from, to)).toEqual({ text, isRemarkable });
  });

  it('is none where a price is new, gone or was free', () => {
    expect(priceStep(null, '1')).toBeNull();
    expect(priceStep('1', null)).toBeNull();
    expect(priceStep('0', '1')).toBeNull();
  });
});
