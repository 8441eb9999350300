import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { countText } from './count-text.js';
import { estimateText } from './estimate-text.js';
import { forTokenizerOf } from './tokenizer-factor.js';

const samples = {
  english:
    'The quick development of language models has changed how people work, and many companies now use them.',
  german:
    'Heute ist das Wetter sehr schön, und wir sind im Park spazieren gegangen. Die Kinder spielten auf der Wiese.',
  chinese: '今天天气很好，我们去公园散步。孩子们在草地上玩耍，老人坐在长椅上看报纸。',
  russian: 'Сегодня очень хорошая погода, и мы пошли гулять в парк. Дети играли на траве.',
  json: '{"id":"a1","items":[{"name":"first","price":12.5,"active":true},{"name":"second","price":7,"active":false}]}',
  code: 'export function sumOf(values: readonly number[]): number {\n  return values.reduce((sum, one) => sum + one, 0);\n}\n',
  emoji: 'Great job! 🎉🚀 Let us celebrate 🥳🥳 with cake 🍰 tonight 😊',
};

describe('the estimate of a text', () => {
  it.each(Object.entries(samples))('is within 25 %% of the tokenizer for %s', (_kind, text) => {
    const ratio = estimateText(text) / countText(text);
    expect(ratio).toBeGreaterThan(0.75);
    expect(ratio).toBeLessThan(1.25);
  });

  it('of a long text is that of its parts', () => {
    const text = samples.english.repeat(2000);
    const ratio = estimateText(text) / (estimateText(samples.english) * 2000);
    expect(ratio).toBeGreaterThan(0.9);
    expect(ratio).toBeLessThan(1.1);
  });

  it('is never cheap for what is dear: digits, symbols and random bytes', () => {
    for (const text of [
      '8'.repeat(900),
      '#!?%'.repeat(200),
      Buffer.from(samples.code.repeat(5)).toString('base64'),
    ]) {
      expect(estimateText(text)).toBeGreaterThan(countText(text) * 0.5);
    }
  });

  it('is zero for nothing, whole and never negative', () => {
    expect(estimateText('')).toBe(0);
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const tokens = estimateText(text);
        expect(Number.isInteger(tokens) && tokens >= 0).toBe(true);
      }),
    );
  });

  it('is larger for tokenizers that make more of the same text', () => {
    expect(forTokenizerOf('openai/gpt-4o', 100)).toBe(100);
    expect(forTokenizerOf('anthropic/claude-sonnet-5', 100)).toBe(145);
    expect(forTokenizerOf('someone/new', 100)).toBe(110);
    expect(forTokenizerOf('constructor/x', 100)).toBe(110);
  });
});
