import { describe, expect, it } from '@jest/globals';
import { readBounds, sayBounds, typedBounds } from './bounds';

describe('bounds of a filter', () => {
  it('are typed as people write them', () => {
    expect(typedBounds('>0.01', false)).toBe('0.01..');
    expect(typedBounds('<= $2', false)).toBe('..2');
    expect(typedBounds('5', false)).toBe('5..');
    expect(typedBounds('0.5..2', false)).toBe('0.5..2');
    expect(typedBounds('>2s', true)).toBe('2000..');
    expect(typedBounds('1.5s..3s', true)).toBe('1500..3000');
    expect(typedBounds('>800ms', true)).toBe('800..');
  });

  it('are refused when they make no sense', () => {
    for (const bad of ['fast', '>', '1.2.3', '', '-5']) expect(typedBounds(bad, false)).toBeNull();
  });

  it('come back from the address, and stand on the chip', () => {
    expect(readBounds('..2')).toEqual({ min: null, max: '2' });
    expect(readBounds('x..y')).toEqual({ min: null, max: null });
    expect(sayBounds('1..3', (value) => `${value} s`)).toBe('1 s – 3 s');
    expect(sayBounds('1..', (value) => `$${value}`)).toBe('≥ $1');
  });
});
