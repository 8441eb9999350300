import { describe, expect, it } from '@jest/globals';
import type { HealthFigures } from '@trunkline/contracts';
import { stateOf } from './platform-status.js';

function figures(attempts: number, uptimePpm: number | null): HealthFigures {
  return { attempts, uptimePpm, errorPpm: 0, firstTokenMs: null, tokensPerSecond: null };
}

describe('the state of a provider', () => {
  it.each([
    [{ '5m': figures(100, 1_000_000) }, 'operational'],
    [{ '5m': figures(100, 979_999) }, 'degraded'],
    [{ '5m': figures(100, 499_999) }, 'down'],
    [{ '5m': figures(100, null) }, 'down'],
    [{ '5m': figures(2, 0), '30m': figures(40, 990_000) }, 'operational'],
    [{ '5m': figures(2, 0), '30m': figures(2, 0), '24h': figures(900, 0) }, 'quiet'],
    [{}, 'quiet'],
  ])('with %j is %s', (windows, state) => {
    expect(stateOf(windows)).toBe(state);
  });
});
