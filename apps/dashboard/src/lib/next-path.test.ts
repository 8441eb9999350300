import { describe, expect, it } from '@jest/globals';
import { nextPath } from './next-path';

describe('the way back after the log-in', () => {
  it('leads to a page of this dashboard', () => {
    expect(nextPath('/o/acme/requests?status=5xx')).toBe('/o/acme/requests?status=5xx');
  });

  it('never leads to another site', () => {
    for (const bad of [
      'https://evil.example',
      '//evil.example',
      '/\\evil.example',
      'javascript:alert(1)',
      '',
    ]) {
      expect(nextPath(bad)).toBe('/');
    }
    expect(nextPath(['/a', '/b'])).toBe('/');
    expect(nextPath(undefined)).toBe('/');
  });
});
