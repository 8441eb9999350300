import { describe, expect, it } from '@jest/globals';
import { TOKEN_BUCKETS, type TokenBucket } from '@trunkline/contracts';
import fc from 'fast-check';
import { completePrices, printCompletionTable, type PriceRow } from './complete-prices.js';

const statedRow = fc
  .dictionary(fc.constantFrom(...TOKEN_BUCKETS), fc.bigInt({ min: 0n, max: 10n ** 12n }))
  .map((row): PriceRow => ({ 'input.text': 1n, 'output.text': 2n, ...row }));

describe('completing a price row', () => {
  it('fills every token bucket once input and output are stated, and changes no stated price', () => {
    fc.assert(
      fc.property(statedRow, (stated) => {
        const { prices, completed } = completePrices(stated);
        for (const bucket of TOKEN_BUCKETS) expect(typeof prices[bucket]).toBe('bigint');
        expect(prices).toMatchObject(stated);
        for (const { bucket, from } of completed) {
          expect(stated[bucket]).toBeUndefined();
          expect(prices[bucket]).toBe(stated[from]);
        }
      }),
    );
  });

  it('says which bucket each derived price came from', () => {
    const { completed } = completePrices({
      'input.text': 10n,
      'input.audio': 50n,
      'cache_read.text': 1n,
      'output.text': 20n,
    });
    const from = Object.fromEntries(completed.map((row) => [row.bucket, row.from])) as Partial<
      Record<TokenBucket, TokenBucket>
    >;
    expect(from['reasoning.text']).toBe('output.text');
    expect(from['cache_write_5m.text']).toBe('input.text');
    expect(from['cache_write_1h.text']).toBe('input.text');
    expect(from['input.image']).toBe('input.text');
    expect(from['cache_read.image']).toBe('cache_read.text');
  });

  it('bills cached audio as audio where audio has a price, not as cached text', () => {
    const { prices } = completePrices({
      'input.text': 10n,
      'input.audio': 50n,
      'cache_read.text': 1n,
      'output.text': 20n,
    });
    expect(prices['cache_read.audio']).toBe(50n);
  });

  it('takes a one-hour write from the five-minute write, not from input', () => {
    expect(
      completePrices({ 'input.text': 10n, 'cache_write_5m.text': 12n }).prices['cache_write_1h.text'],
    ).toBe(12n);
  });

  it('never invents a price for what is not a token, nor an output from an input', () => {
    const { prices } = completePrices({ 'input.text': 10n, images: 7n });
    expect(prices['output.text']).toBeUndefined();
    expect(prices.searches).toBeUndefined();
    expect(prices.images).toBe(7n);
  });

  it('prints its table', () => {
    expect(printCompletionTable()).toMatchInlineSnapshot(`
"reasoning → output
cache_read → input
cache_write_5m → input
cache_write_1h → cache_write_5m
audio → text
image → text
video → text"
`);
  });
});
