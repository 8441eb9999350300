import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Allowances } from './allowances.js';
import { forecastCall, tokensWithin } from './forecast-call.js';
import { HeldLease } from './held-lease.js';
import { OutputHistory } from './output-history.js';
import { LocalRates } from './request-rates.js';

describe('OutputHistory', () => {
  it('expects 1,000 tokens without history, then the 95th percentile of the last 64', () => {
    const history = new OutputHistory();
    expect(history.expected('k/m')).toBe(1_000);
    history.add('k/m', 40);
    expect(history.expected('k/m')).toBe(40);
    for (let n = 1; n <= 100; n++) history.add('k/m', n);
    expect(history.expected('k/m')).toBe(97);
    expect(history.expected('other')).toBe(1_000);
  });
});

describe('forecastCall', () => {
  const cost = { promptCostNanoUsd: 1_000n, outputNanoUsdPerMillion: 2_000_000n, outputTokenLimit: 500 };

  it('takes the expected length up to the limit, the limit itself, and 16 tokens', () => {
    expect(forecastCall(cost, 100)).toEqual({
      forecastNanoUsd: 1_200n,
      worstNanoUsd: 2_000n,
      leastNanoUsd: 1_032n,
    });
    expect(forecastCall(cost, 9_999).forecastNanoUsd).toBe(2_000n);
    expect(forecastCall({ ...cost, outputTokenLimit: 3 }, 100)).toEqual({
      forecastNanoUsd: 1_006n,
      worstNanoUsd: 1_006n,
      leastNanoUsd: 1_006n,
    });
  });

  it('never sends a limit upstream that costs more than is held', () => {
    fc.assert(
      fc.property(
        fc.bigInt(0n, 10n ** 7n),
        fc.bigInt(1n, 10n ** 11n),
        fc.option(fc.nat(100_000)),
        fc.bigInt(0n, 10n ** 10n),
        (prompt, output, limit, free) => {
          const call = {
            promptCostNanoUsd: prompt,
            outputNanoUsdPerMillion: output,
            outputTokenLimit: limit,
          };
          const { leastNanoUsd, worstNanoUsd } = forecastCall(call, 1_000);
          if (free < leastNanoUsd || free >= worstNanoUsd) return;
          const tokens = tokensWithin(call, free);
          if (tokens === null) return void expect(limit).not.toBeNull();
          expect(forecastCall({ ...call, outputTokenLimit: tokens }, tokens).worstNanoUsd <= free).toBe(true);
          expect(tokens).toBeGreaterThanOrEqual(Math.min(16, limit ?? 16));
        },
      ),
    );
  });
});

describe('Allowances', () => {
  it('are the lesser of $0.50 and 2 % of what was free, of the wallet and of each budget', () => {
    const allowances = new Allowances();
    allowances.note(
      'w',
      [
        ['w', 100_000_000_000n],
        ['b:0', 1_000n],
      ],
      0,
    );
    expect(allowances.draw('w', ['w'], 500_000_001n, 1)).toBeNull();
    expect(allowances.draw('w', ['w'], 500_000_000n, 1)).not.toBeNull();
    expect(allowances.draw('w', ['w'], 1n, 1)).toBeNull();
    expect(allowances.draw('w', ['b:0'], 21n, 1)).toBeNull();
    expect(allowances.draw('w', ['b:0'], 20n, 1)).not.toBeNull();
  });

  it('are given once per outage, and corrected by what calls cost', () => {
    const allowances = new Allowances();
    allowances.note('w', [['w', 5_000n]], 0);
    const draw = allowances.draw('w', ['w'], 100n, 1);
    if (!draw) throw new Error('refused');
    allowances.note('w', [['w', 1_000_000n]], 2);
    expect(allowances.draw('w', ['w'], 1n, 3)).toBeNull();
    allowances.correct(draw, 40n);
    expect(allowances.draw('w', ['w'], 60n, 4)).not.toBeNull();
    expect(allowances.draw('w', ['w'], 1n, 4)).toBeNull();
    allowances.renew('w', 1_000);
    expect(allowances.draw('w', ['w'], 1n, 1_000)).toBeNull();
    allowances.renew('w', 2_001);
    expect(allowances.draw('w', ['w'], 20_000n, 2_001)).not.toBeNull();
  });

  it('serve no wallet that was not seen within ten minutes, and what is free of charge however little is left', () => {
    const allowances = new Allowances();
    expect(allowances.draw('w', ['w'], 0n, 0)).toBeNull();
    allowances.note('w', [['w', -5n]], 0);
    expect(allowances.draw('w', ['w'], 0n, 600_000)).not.toBeNull();
    expect(allowances.draw('w', ['w'], 0n, 600_001)).toBeNull();
  });

  it('never spend more than the allowance unseen, whatever is drawn and corrected', () => {
    const call = fc.record({ forecast: fc.bigInt(0n, 300n), cost: fc.bigInt(0n, 300n), ends: fc.boolean() });
    fc.assert(
      fc.property(fc.array(call), (calls) => {
        const allowances = new Allowances();
        allowances.note('w', [['w', 50_000n]], 0);
        let spent = 0n;
        let overdrawn = 0n;
        for (const each of calls) {
          const draw = allowances.draw('w', ['w'], each.forecast, 1);
          if (!draw) continue;
          const ends = each.ends;
          if (ends) allowances.correct(draw, each.cost);
          spent += ends ? each.cost : each.forecast;
          if (ends && each.cost > each.forecast) overdrawn += each.cost - each.forecast;
        }
        expect(spent <= 1_000n + overdrawn).toBe(true);
      }),
    );
  });
});

describe('LocalRates', () => {
  it('admit this process its share of rate and concurrency', () => {
    const rates = new LocalRates(4);
    const scope = [{ id: 'k', requestsPerMinute: 8, maxConcurrency: null }];
    const admitted = Array.from({ length: 5 }, () => rates.admit(scope, () => 0, 1_000));
    expect(admitted).toEqual([true, true, false, false, false]);
    expect(rates.admit(scope, () => 0, 32_000)).toBe(true);
    const narrow = [{ id: 'c', requestsPerMinute: null, maxConcurrency: 2 }];
    expect([rates.admit(narrow, () => 0, 0), rates.admit(narrow, () => 1, 0)]).toEqual([true, false]);
    expect(rates.admit([{ id: 'z', requestsPerMinute: 0, maxConcurrency: null }], () => 0, 0)).toBe(false);
  });

  it('let one request through where the share is below one a minute', () => {
    const rates = new LocalRates(10);
    const scope = [{ id: 'k', requestsPerMinute: 1, maxConcurrency: null }];
    expect([
      rates.admit(scope, () => 0, 0),
      rates.admit(scope, () => 0, 599_000),
      rates.admit(scope, () => 0, 600_000),
    ]).toEqual([true, false, true]);
  });
});

describe('HeldLease', () => {
  const lease = (raises: HeldLease[]) =>
    new HeldLease(
      {
        callId: 'c',
        walletId: 'w',
        owner: 's',
        holdNanoUsd: 100n,
        worstNanoUsd: 400n,
        scopes: [],
        budgets: [],
        historyKey: 'h',
        draw: null,
      },
      (raised) => raises.push(raised),
    );

  it('asks for more only when it is outgrown, and then for the worst case at once', () => {
    const raises: HeldLease[] = [];
    const held = lease(raises);
    held.outgrow(100n, () => undefined);
    expect(raises).toHaveLength(0);
    held.outgrow(101n, () => undefined);
    expect([raises.length, held.wantNanoUsd]).toEqual([1, 400n]);
    held.granted(400n);
    held.outgrow(400n, () => undefined);
    expect(raises).toHaveLength(1);
  });

  it('tells of a refusal once, and never after the call has ended', () => {
    let told = 0;
    const held = lease([]);
    held.outgrow(200n, () => (told += 1));
    held.refused();
    held.refused();
    expect(told).toBe(1);
    held.outgrow(300n, () => (told += 1));
    held.isClosed = true;
    held.refused();
    expect(told).toBe(1);
  });
});
