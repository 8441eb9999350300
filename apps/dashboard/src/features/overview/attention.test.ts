import { describe, expect, it } from '@jest/globals';
import { concernsOf, type AttentionFacts } from './attention';

const now = new Date('2026-11-21T12:00:00Z');
const calm: AttentionFacts = {
  wallet: undefined,
  budgets: [],
  keys: [],
  overview: undefined,
  emailVerified: true,
  now,
};
const wallet = {
  id: 'w',
  balanceNanoUsd: '5000000000',
  creditedNanoUsd: '0',
  chargedNanoUsd: '0',
  spendPerDayNanoUsd: '0',
  runsOutAt: null,
};

const measures = (calls: number, errors: number) => ({
  calls,
  errors,
  failedOver: 0,
  promptTokens: 0,
  completionTokens: 0,
  cachedTokens: 0,
  reasoningTokens: 0,
  costNanoUsd: '0',
  firstTokenP50Ms: null,
  firstTokenP95Ms: null,
  durationP50Ms: null,
  durationP95Ms: null,
});

describe('what needs attention', () => {
  it('is nothing on a calm day', () => {
    expect(concernsOf(calm)).toEqual([]);
    expect(concernsOf({ ...calm, wallet: { ...wallet, runsOutAt: '2027-01-01T00:00:00.000Z' } })).toEqual([]);
  });

  it('is a wallet that is empty, or soon will be', () => {
    expect(concernsOf({ ...calm, wallet: { ...wallet, balanceNanoUsd: '0' } })).toMatchObject([
      { signal: 'stop', page: 'wallet' },
    ]);
    expect(
      concernsOf({ ...calm, wallet: { ...wallet, runsOutAt: '2026-11-25T12:00:00.000Z' } }),
    ).toMatchObject([
      { signal: 'caution', text: 'The wallet runs out in 4 days at this pace; $5.00 is left.' },
    ]);
  });

  it('is an error rate that is high and was not', () => {
    const overview = (errors: number, before: number) => ({
      from: '',
      to: '',
      current: measures(100, errors),
      previous: measures(100, before),
    });
    expect(concernsOf({ ...calm, overview: overview(12, 1) })).toMatchObject([
      { id: 'errors', signal: 'stop' },
    ]);
    expect(concernsOf({ ...calm, overview: overview(12, 11) })).toEqual([]);
    expect(concernsOf({ ...calm, overview: overview(2, 0) })).toEqual([]);
  });

  it('puts the worst first', () => {
    const budget = {
      id: 'b',
      scope: 'key' as const,
      scopeId: 'k',
      scopeName: 'staging',
      period: 'day' as const,
      limitNanoUsd: '1000000000',
      usedNanoUsd: '1000000000',
      usedPpm: 1_000_000,
      periodStart: null,
      periodEnd: null,
      createdAt: '',
    };
    const concerns = concernsOf({
      ...calm,
      emailVerified: false,
      budgets: [{ ...budget, id: 'c', usedPpm: 850_000 }, budget],
    });
    expect(concerns.map(({ id }) => id)).toEqual(['budget b', 'budget c', 'email']);
  });
});
