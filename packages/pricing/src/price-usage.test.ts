import { describe, expect, it } from '@jest/globals';
import {
  costOfUnits,
  priceTerms,
  type PriceTerms,
  promptTokens,
  USAGE_BUCKETS,
  type Usage,
  type UsageBucket,
} from '@trunkline/contracts';
import fc from 'fast-check';
import {
  affordableOutputTokens,
  applyMarkup,
  costOfUsage,
  forecastCost,
  forecastPrompt,
  priceUsage,
  unitPrice,
} from './index.js';

const bucket = fc.constantFrom<UsageBucket>(...USAGE_BUCKETS);
const prices = fc
  .dictionary(bucket, fc.bigInt(0n, 10n ** 14n).map(String))
  .map((entries): Partial<Record<UsageBucket, string>> => ({ ...entries }));
const terms: fc.Arbitrary<PriceTerms> = fc.record({
  prices,
  completed: fc.constant([]),
  tiers: fc
    .array(fc.record({ aboveInputTokens: fc.nat(400_000), prices }), { maxLength: 3 })
    .map((tiers) => tiers.sort((a, b) => a.aboveInputTokens - b.aboveInputTokens)),
  hours: fc.array(
    fc.record({
      fromMinute: fc.nat(1439),
      toMinute: fc.nat(1440),
      factorPpm: fc.integer({ min: 1, max: 3_000_000 }),
    }),
    { maxLength: 2 },
  ),
});
const usage = fc.dictionary(bucket, fc.nat(10_000_000)).map((entries): Usage => ({ ...entries }));
const dispatchedMs = fc.nat(2_000_000_000).map((seconds) => seconds * 1000);

const pinned = (value: PriceTerms, id: string) => ({ id, terms: value });

describe('priceUsage', () => {
  it('makes one line per bucket with units, and a call costs the sum of its lines on both sides', () => {
    fc.assert(
      fc.property(usage, terms, terms, dispatchedMs, (counted, sell, buy, at) => {
        const priced = priceUsage({
          attempt: 1,
          usage: counted,
          dispatchedMs: at,
          sell: pinned(sell, 's'),
          buy: pinned(buy, 'b'),
          counted: false,
        });
        const sum = (side: 'costNanoUsd' | 'providerCostNanoUsd') =>
          priced.lines.reduce((total, line) => total + BigInt(line[side]), 0n);
        expect(sum('costNanoUsd')).toBe(priced.costNanoUsd);
        expect(sum('providerCostNanoUsd')).toBe(priced.providerCostNanoUsd);
        expect(costOfUsage(counted, sell, at)).toBe(priced.costNanoUsd);
        expect(priced.lines.map((line) => line.bucket).sort()).toEqual(
          USAGE_BUCKETS.filter((name) => (counted[name] ?? 0) > 0).toSorted(),
        );
        for (const line of priced.lines) {
          expect(line.costNanoUsd).toBe(
            costOfUnits(BigInt(line.units), BigInt(line.sellNanoUsdPerMillion)).toString(),
          );
        }
        expect(priced.unpriced).toBe(priced.lines.some((line) => line.unpriced));
      }),
    );
  });

  it('prices the example of the price book: 1,000 in at $0.15, 500 out at $0.60 per million', () => {
    const sell = priceTerms.parse({
      prices: { 'input.text': '150000000', 'output.text': '600000000' },
    });
    const priced = priceUsage({
      attempt: 2,
      usage: { 'input.text': 1000, 'output.text': 500 },
      dispatchedMs: 0,
      sell: pinned(sell, 's'),
      buy: null,
      counted: true,
    });
    expect(priced.costNanoUsd).toBe(450_000n);
    expect(priced.providerCostNanoUsd).toBe(0n);
    expect(priced.lines.map((line) => [line.attempt, line.bucket, line.costNanoUsd, line.counted])).toEqual([
      [2, 'input.text', '150000', true],
      [2, 'output.text', '300000', true],
    ]);
  });

  it('marks a bucket without a sell price, and charges nothing for it', () => {
    const sell = priceTerms.parse({ prices: { 'input.text': '1000000' } });
    const priced = priceUsage({
      attempt: 1,
      usage: { 'input.text': 1, searches: 3 },
      dispatchedMs: 0,
      sell: pinned(sell, 's'),
      buy: null,
      counted: false,
    });
    expect(priced.unpriced).toBe(true);
    expect(priced.costNanoUsd).toBe(1n);
    expect(priced.lines.find((line) => line.bucket === 'searches')).toMatchObject({
      unpriced: true,
      costNanoUsd: '0',
    });
  });

  it('keeps our cost of an attempt that its customer does not pay', () => {
    const book = pinned(priceTerms.parse({ prices: { 'output.text': '2000000' } }), 'v');
    const priced = priceUsage({
      attempt: 1,
      usage: { 'output.text': 7 },
      dispatchedMs: 0,
      sell: book,
      buy: book,
      counted: false,
      charged: false,
    });
    expect([priced.costNanoUsd, priced.providerCostNanoUsd, priced.unpriced]).toEqual([0n, 14n, false]);
  });

  it('refuses units that are not whole', () => {
    expect(() =>
      priceUsage({
        attempt: 1,
        usage: { images: 1.5 },
        dispatchedMs: 0,
        sell: null,
        buy: null,
        counted: false,
      }),
    ).toThrow(RangeError);
  });
});

describe('unitPrice', () => {
  const tiered = priceTerms.parse({
    prices: { 'input.text': '100', 'output.text': '10' },
    tiers: [
      { aboveInputTokens: 1000, prices: { 'input.text': '200' } },
      { aboveInputTokens: 5000, prices: { 'output.text': '30' } },
    ],
  });

  it.each([
    [1000, 100n, 10n],
    [1001, 200n, 10n],
    [5001, 200n, 30n],
  ])('takes the tier of a prompt of %i tokens for the whole request', (tokens, input, output) => {
    expect(unitPrice(tiered, 'input.text', { dispatchedMs: 0, promptTokens: tokens })).toBe(input);
    expect(unitPrice(tiered, 'output.text', { dispatchedMs: 0, promptTokens: tokens })).toBe(output);
  });

  it.each([
    ['2026-11-20T16:29:59Z', 100n],
    ['2026-11-20T16:30:00Z', 50n],
    ['2026-11-21T00:29:59Z', 50n],
    ['2026-11-21T00:30:00Z', 100n],
  ])('halves the price in a window that passes midnight, at %s', (time, price) => {
    const night = priceTerms.parse({
      prices: { 'input.text': '100' },
      hours: [{ fromMinute: 990, toMinute: 30, factorPpm: 500_000 }],
    });
    expect(unitPrice(night, 'input.text', { dispatchedMs: Date.parse(time), promptTokens: 1 })).toBe(price);
  });

  it('counts a night to the day on which it began', () => {
    const friday = priceTerms.parse({
      prices: { 'input.text': '100' },
      hours: [{ fromMinute: 1380, toMinute: 60, days: [5], factorPpm: 500_000 }],
    });
    const at = (time: string) =>
      unitPrice(friday, 'input.text', { dispatchedMs: Date.parse(time), promptTokens: 1 });
    expect([at('2026-11-20T00:30:00Z'), at('2026-11-20T23:30:00Z'), at('2026-11-21T00:30:00Z')]).toEqual([
      100n,
      50n,
      50n,
    ]);
  });
});

describe('forecast', () => {
  it('affords exactly as many tokens as the amount pays for, give or take the rounding of one line', () => {
    fc.assert(
      fc.property(
        fc.bigInt(0n, 10n ** 9n),
        fc.bigInt(1n, 10n ** 12n),
        fc.bigInt(0n, 10n ** 15n),
        (prompt, output, amount) => {
          const forecast = { promptCostNanoUsd: prompt, outputNanoUsdPerMillion: output };
          const tokens = affordableOutputTokens(forecast, amount);
          if (tokens === null || tokens < 0) return void expect(amount < prompt).toBe(true);
          expect(forecastCost(forecast, tokens) <= amount).toBe(true);
          if (tokens < Number.MAX_SAFE_INTEGER)
            expect(forecastCost(forecast, tokens + 1) + 1n > amount).toBe(true);
        },
      ),
    );
  });

  it('is the cost of that usage', () => {
    fc.assert(
      fc.property(terms, fc.nat(1_000_000), fc.nat(100_000), dispatchedMs, (book, prompt, output, at) => {
        const forecast = forecastPrompt(
          { ...book, prices: { ...book.prices, 'input.text': '7000', 'output.text': '9000' } },
          prompt,
          at,
        );
        expect(forecast).not.toBeNull();
        expect(promptTokens({ 'input.text': prompt })).toBe(prompt);
        if (forecast) expect(forecastCost(forecast, output) >= forecast.promptCostNanoUsd).toBe(true);
      }),
    );
  });

  it('is null for an unpriced model, which is refused and not free', () => {
    expect(forecastPrompt(priceTerms.parse({ prices: { 'input.text': '1' } }), 10, 0)).toBeNull();
  });
});

describe('applyMarkup', () => {
  it('rounds each price once, half up, in base and tiers', () => {
    const marked = applyMarkup(
      priceTerms.parse({
        prices: { 'input.text': '15' },
        tiers: [{ aboveInputTokens: 1, prices: { 'input.text': '25' } }],
        completed: ['reasoning.text'],
      }),
      100_000,
    );
    expect(marked.prices['input.text']).toBe('17');
    expect(marked.tiers[0]?.prices['input.text']).toBe('28');
    expect(marked.completed).toEqual(['reasoning.text']);
  });

  it('never sells below the buy price when the markup is not negative', () => {
    fc.assert(
      fc.property(terms, fc.nat(2_000_000), usage, dispatchedMs, (buy, markup, used, at) => {
        expect(costOfUsage(used, applyMarkup(buy, markup), at) >= costOfUsage(used, buy, at)).toBe(true);
      }),
    );
  });
});

it('what a provider does not charge for costs nothing and is not missed in the price book', () => {
  const usage: Usage = { 'input.text': 11, 'unbilled.input': 47, 'unbilled.cache_read': 448 };
  const price = { id: 'v', terms: priceTerms.parse({ prices: { 'input.text': '2500000000' } }) };
  const { lines, costNanoUsd, unpriced } = priceUsage({
    attempt: 1,
    usage,
    dispatchedMs: 0,
    sell: price,
    buy: price,
    counted: false,
  });
  expect({ lines: lines.length, costNanoUsd, unpriced }).toEqual({
    lines: 3,
    costNanoUsd: 27_500n,
    unpriced: false,
  });
  expect(promptTokens(usage)).toBe(506);
});

it('a call on an own key costs the fee, also where there is no price, and keeps what the provider charges', () => {
  const price = { id: 'v', terms: priceTerms.parse({ prices: { 'input.text': '2500000000' } }) };
  const usage: Usage = { 'input.text': 1_000, 'output.text': 10 };
  const own = (ownKeyFeePpm: number) =>
    priceUsage({ attempt: 1, usage, dispatchedMs: 0, sell: price, buy: price, counted: false, ownKeyFeePpm });
  expect(own(0)).toMatchObject({
    costNanoUsd: 0n,
    providerCostNanoUsd: 0n,
    ownKeyCostNanoUsd: 2_500_000n,
    unpriced: false,
  });
  expect(own(50_000)).toMatchObject({ costNanoUsd: 125_000n, providerCostNanoUsd: 0n, unpriced: false });
  expect(own(50_000).lines[0]).toMatchObject({
    sellNanoUsdPerMillion: '125000000',
    buyNanoUsdPerMillion: '2500000000',
    providerCostNanoUsd: '0',
  });
});
