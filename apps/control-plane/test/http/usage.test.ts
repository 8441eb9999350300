import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type {
  Organization,
  Overview,
  UsageBreakdown,
  UsageSeries,
  Wallet,
} from '@trunkline/contracts/control-plane';
import { insertRollup } from '../support/log-fixtures.js';
import { startControlPlane, type TestControlPlane } from '../support/start-control-plane.js';
import type { Visitor } from '../support/visitor.js';

describe('usage', () => {
  let plane: TestControlPlane;
  let visitor: Visitor;
  let organization: Organization;
  let params: { organizationId: string };
  const day = { from: '2026-11-10T00:00:00Z', to: '2026-11-11T00:00:00Z' };
  beforeAll(async () => {
    plane = await startControlPlane({ SIGNUP_CREDIT_USD: '7' });
    ({ visitor, organization } = await plane.owner('Ada'));
    params = { organizationId: organization.id };
    const rollup = (at: string, modelId: string, cost: bigint, firstTokensMs: number[], more = {}) =>
      insertRollup(plane.client, organization, {
        ...{
          at: new Date(at),
          modelId,
          providerId: modelId.split('/')[0] ?? '',
          costNanoUsd: cost,
          firstTokensMs,
        },
        ...more,
      });
    await rollup('2026-11-09T12:00:00Z', 'openai/a', 50n, [100]);
    await rollup('2026-11-10T00:00:00Z', 'openai/a', 10n, [90, 90, 90, 90], { errors: 1n });
    await rollup('2026-11-10T09:15:00Z', 'openai/a', 20n, [90, 90], { failedOver: 2n });
    await rollup('2026-11-10T09:30:00Z', 'anthropic/b', 200n, [2_500, 2_500]);
    await rollup('2026-11-10T23:45:00Z', 'groq/c', 1n, [30]);
    await rollup('2026-11-11T00:00:00Z', 'groq/c', 999n, [30]);
  });
  afterAll(() => plane.stop());

  it('is summed beside the period before', async () => {
    const { current, previous } = await visitor.get<Overview>('getOverview', { params, query: day });
    expect(current).toMatchObject({ calls: 9, errors: 1, failedOver: 2, costNanoUsd: '231' });
    expect(previous).toMatchObject({ calls: 1, costNanoUsd: '50' });
    expect(current.firstTokenP50Ms).toBeGreaterThan(75);
    expect(current.firstTokenP50Ms).toBeLessThanOrEqual(100);
    expect(current.firstTokenP95Ms).toBeGreaterThan(2_000);
    expect(current.firstTokenP95Ms).toBeLessThanOrEqual(3_000);
  });

  it('has no latency where there was no call', async () => {
    const query = { from: '2026-01-01T00:00:00Z', to: '2026-01-02T00:00:00Z' };
    const { current } = await visitor.get<Overview>('getOverview', { params, query });
    expect(current).toMatchObject({ calls: 0, costNanoUsd: '0', firstTokenP50Ms: null });
  });

  it('is drawn over time, the first groups by spend and the rest as other', async () => {
    const query = { ...day, by: 'model', interval: 'hour', top: '1' };
    const series = await visitor.get<UsageSeries>('getUsageSeries', { params, query });
    expect(series.starts).toHaveLength(24);
    expect(series.groups.map(({ id, total }) => [id, total.calls, total.costNanoUsd])).toEqual([
      ['anthropic/b', 2, '200'],
      ['other', 7, '31'],
    ]);
    expect(series.points.map(({ start, groupId, costNanoUsd }) => [start, groupId, costNanoUsd])).toEqual([
      ['2026-11-10T00:00:00.000Z', 'other', '10'],
      ['2026-11-10T09:00:00.000Z', 'anthropic/b', '200'],
      ['2026-11-10T09:00:00.000Z', 'other', '20'],
      ['2026-11-10T23:00:00.000Z', 'other', '1'],
    ]);
    expect(series.points.every(({ start }) => series.starts.includes(start))).toBe(true);
  });

  it('has days that begin at midnight where the reader is', async () => {
    const query = {
      from: '2026-11-09T23:00:00Z',
      to: '2026-11-11T23:00:00Z',
      interval: 'day',
      timeZone: 'Europe/Berlin',
    };
    const series = await visitor.get<UsageSeries>('getUsageSeries', { params, query });
    expect(series.starts).toEqual(['2026-11-09T23:00:00.000Z', '2026-11-10T23:00:00.000Z']);
    expect(series.points.map(({ start, calls }) => [start, calls])).toEqual([
      ['2026-11-09T23:00:00.000Z', 8],
      ['2026-11-10T23:00:00.000Z', 2],
    ]);
  });

  it('knows that a day may have 25 hours', async () => {
    const query = {
      from: '2026-10-23T22:00:00Z',
      to: '2026-10-26T23:00:00Z',
      interval: 'day',
      timeZone: 'Europe/Berlin',
    };
    const { starts } = await visitor.get<UsageSeries>('getUsageSeries', { params, query });
    expect(starts).toEqual(['23T22', '24T22', '25T23'].map((start) => `2026-10-${start}:00:00.000Z`));
  });

  it('is broken down with names, and filtered', async () => {
    const { rows, total } = await visitor.get<UsageBreakdown>('getUsageBreakdown', {
      params,
      query: { ...day, by: 'provider' },
    });
    expect(rows.map(({ label, costNanoUsd }) => [label, costNanoUsd])).toEqual([
      ['Anthropic', '200'],
      ['OpenAI', '30'],
      ['Groq', '1'],
    ]);
    expect(total).toMatchObject({ calls: 9, costNanoUsd: '231' });
    const query = { ...day, by: 'key', model: 'openai/a' };
    const filtered = await visitor.get<UsageBreakdown>('getUsageBreakdown', { params, query });
    expect(filtered.rows).toMatchObject([{ label: 'Playground', calls: 6 }]);
  });

  it.each([
    [{ from: day.to, to: day.from }, 'to'],
    [{ from: '2024-01-01T00:00:00Z', to: day.to }, 'from'],
    [{ ...day, timeZone: 'Mars/Olympus' }, 'timeZone'],
    [{ from: '2026-01-01T00:00:00Z', to: day.to, interval: '15m' }, 'interval'],
  ])('of %j is refused with the field named', async (query, field) => {
    const answer = await visitor.call('getUsageSeries', { params, query });
    expect(answer.json).toMatchObject({ error: { code: 'invalid_request', fields: [{ path: field }] } });
  });

  it('tells the day on which the wallet runs out', async () => {
    const { visitor: spender, organization: own } = await plane.owner('Spender');
    const of = { params: { organizationId: own.id } };
    const idle = await spender.get<Wallet>('getWallet', of);
    expect(idle).toMatchObject({ balanceNanoUsd: '7000000000', spendPerDayNanoUsd: '0', runsOutAt: null });
    const twoDaysAgo = new Date(Date.now() - 2 * 86_400_000);
    await insertRollup(plane.client, own, {
      at: twoDaysAgo,
      costNanoUsd: 2_000_000_000n,
      firstTokensMs: [1],
    });
    const { spendPerDayNanoUsd, runsOutAt } = await spender.get<Wallet>('getWallet', of);
    expect(Number(spendPerDayNanoUsd)).toBeGreaterThan(980_000_000);
    expect(Number(spendPerDayNanoUsd)).toBeLessThanOrEqual(1_000_000_000);
    const days = (Date.parse(runsOutAt ?? '') - Date.now()) / 86_400_000;
    expect(days).toBeGreaterThan(6.9);
    expect(days).toBeLessThan(7.2);
  });
});
