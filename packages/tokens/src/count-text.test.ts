import { describe, expect, it } from '@jest/globals';
import { countText, countTextsInSlices } from './count-text.js';

describe('the count of a text', () => {
  it('is that of o200k', () => {
    expect(countText('')).toBe(0);
    expect(countText('hello world')).toBe(2);
    expect(countText('The quick brown fox jumps over the lazy dog.')).toBe(10);
  });

  it('takes special tokens for what the client wrote, and does not throw', () => {
    expect(countText('<|endoftext|> and more')).toBeGreaterThan(0);
  });

  it('is near the whole for a text in pieces', () => {
    const sentence = 'Many words in a row are counted piece by piece. ';
    expect(countText(sentence.repeat(500))).toBeCloseTo(countText(sentence) * 500, -3);
  });

  it('is bounded in time for long runs and long texts', () => {
    const started = process.cpuUsage();
    for (const text of ['a'.repeat(1_000_000), ' '.repeat(1_000_000), '你'.repeat(500_000)]) countText(text);
    expect(process.cpuUsage(started).user / 1_000).toBeLessThan(2_000);
  });

  it('is the same in slices, with pauses for other work in a long text and in many short ones', async () => {
    let pauses = 0;
    const pause = async () => void (pauses += 1);
    const long = 'Many words in a row are counted piece by piece. '.repeat(2_000);
    expect(await countTextsInSlices([long], pause)).toBe(countText(long));
    expect(pauses).toBeGreaterThan(25);
    pauses = 0;
    const short = Array.from({ length: 1_000 }, (_, n) => `message number ${n}`);
    expect(await countTextsInSlices(short, pause)).toBe(
      short.reduce((sum, text) => sum + countText(text), 0),
    );
    expect(pauses).toBeGreaterThan(5);
  });
});
