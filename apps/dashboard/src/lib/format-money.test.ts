import { describe, expect, it } from '@jest/globals';
import { exactUsd, readUsd, shortUsd } from './format-money';

describe('money', () => {
  it('shows as many digits as matter, and never fewer than cents', () => {
    expect(shortUsd('12400000000')).toBe('$12.40');
    expect(shortUsd('1234567890000')).toBe('$1,234.57');
    expect(shortUsd('600000000')).toBe('$0.60');
    expect(shortUsd('21500000')).toBe('$0.0215');
    expect(shortUsd('15149')).toBe('$0.0000151');
    expect(shortUsd('0')).toBe('$0');
    expect(shortUsd('-3000000000')).toBe('−$3.00');
  });

  it('shows every digit where exactness is asked for', () => {
    expect(exactUsd('150300')).toBe('$0.0001503');
    expect(exactUsd('-1')).toBe('−$0.000000001');
    expect(exactUsd('100000000000')).toBe('$100.00');
  });

  it('reads what people type, and nothing else', () => {
    expect(readUsd('$1,250.50')).toBe(1_250_500_000_000n);
    expect(readUsd(' 0.000000001 ')).toBe(1n);
    expect(readUsd('a lot')).toBeNull();
    expect(readUsd('1e3')).toBeNull();
    expect(readUsd('')).toBeNull();
  });
});
