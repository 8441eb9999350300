import { describe, expect, it } from '@jest/globals';
import { CircuitBreakers, FAILURES_TO_OPEN, OPEN_MS } from './circuit-breaker.js';

describe('CircuitBreakers', () => {
  it('opens after failures in a row and not before', () => {
    const breakers = new CircuitBreakers();
    for (let failure = 1; failure < FAILURES_TO_OPEN; failure += 1) breakers.failed('a', 0, false);
    expect(breakers.stateOf('a', 0)).toBe('closed');
    breakers.failed('a', 0, false);
    expect(breakers.stateOf('a', 0)).toBe('open');
    expect(breakers.stateOf('b', 0)).toBe('closed');
  });

  it('forgets failures when a call succeeds', () => {
    const breakers = new CircuitBreakers();
    for (let round = 0; round < 3; round += 1) {
      for (let failure = 1; failure < FAILURES_TO_OPEN; failure += 1) breakers.failed('a', 0, false);
      breakers.succeeded('a');
    }
    expect(breakers.stateOf('a', 0)).toBe('closed');
  });

  it('lets one call try after ten seconds, and the others not', () => {
    const breakers = new CircuitBreakers();
    breakers.failed('a', 0, true);
    expect(breakers.stateOf('a', OPEN_MS - 1)).toBe('open');
    expect(breakers.stateOf('a', OPEN_MS)).toBe('half_open');
    breakers.begin('a', OPEN_MS);
    expect(breakers.stateOf('a', OPEN_MS)).toBe('open');
  });

  it('closes when the trying call succeeds', () => {
    const breakers = new CircuitBreakers();
    breakers.failed('a', 0, true);
    breakers.begin('a', OPEN_MS);
    breakers.succeeded('a');
    expect(breakers.stateOf('a', OPEN_MS)).toBe('closed');
  });

  it('opens for another ten seconds when the trying call fails', () => {
    const breakers = new CircuitBreakers();
    breakers.failed('a', 0, true);
    breakers.begin('a', OPEN_MS);
    breakers.failed('a', OPEN_MS + 5, false);
    expect(breakers.stateOf('a', OPEN_MS * 2)).toBe('open');
    expect(breakers.stateOf('a', OPEN_MS * 2 + 5)).toBe('half_open');
  });

  it('gives the try to the next call when the trying one said nothing about the target', () => {
    const breakers = new CircuitBreakers();
    breakers.failed('a', 0, true);
    breakers.begin('a', OPEN_MS);
    breakers.released('a');
    expect(breakers.stateOf('a', OPEN_MS)).toBe('half_open');
  });
});
