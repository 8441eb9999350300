import { describe, expect, it } from '@jest/globals';
import { FILTER_NAMES, withFilter, withoutFilter, type Filters } from './filters';
import { toCallsQuery } from './to-query';

const NONE = Object.fromEntries(FILTER_NAMES.map((name) => [name, []])) as unknown as Filters;

describe('filters of the log', () => {
  it('ask for nothing when there are none', () => {
    expect(toCallsQuery(NONE)).toEqual({});
  });

  it('become the control plane’s query, money in nano-dollars', () => {
    const filters: Filters = {
      ...NONE,
      status: ['5xx', '429'],
      model: ['openai/gpt-4o-mini'],
      cost: ['0.01..'],
      latency: ['..2000'],
      attempts: ['2..'],
      failedOver: ['true'],
      id: ['req-1'],
    };
    expect(toCallsQuery(filters)).toEqual({
      status: ['5xx', '429'],
      model: ['openai/gpt-4o-mini'],
      minCostNanoUsd: '10000000',
      maxDurationMs: 2_000,
      minAttempts: 2,
      failedOver: 'true',
      text: 'req-1',
    });
  });

  it('gather alternatives, but hold one bound at a time', () => {
    const several = withFilter(withFilter(NONE, 'status', '4xx'), 'status', '5xx');
    expect(several.status).toEqual(['4xx', '5xx']);
    expect(withFilter(several, 'status', '4xx')).toBe(several);
    expect(withFilter(withFilter(NONE, 'cost', '1..'), 'cost', '..2').cost).toEqual(['..2']);
    expect(withoutFilter(several, 'status', '4xx').status).toEqual(['5xx']);
  });
});
