import { describe, expect, it } from '@jest/globals';
import { encode } from 'gpt-tokenizer/encoding/o200k_base';
import { countTokens, firstTokens, textPieces } from './count-tokens.js';

describe('countTokens', () => {
  it('counts ordinary text exactly as o200k_base does', () => {
    for (const text of [
      '',
      'Hello, world!',
      'Ein längerer Satz mit Umlauten: äöü.',
      '日本語 😀 text',
      'const a = { b: [1, 2, 3] };'.repeat(80),
    ]) {
      expect(countTokens(text)).toBe(encode(text).length);
    }
  });

  it('takes the name of a control token for ordinary text', () => {
    expect(countTokens('<|endoftext|>')).toBeGreaterThan(1);
  });

  it('counts a run of 200,000 letters within a second', () => {
    const started = process.cpuUsage();
    expect(countTokens('a'.repeat(200_000))).toBeGreaterThan(10_000);
    expect(process.cpuUsage(started).user / 1_000).toBeLessThan(1_000);
  });
});

describe('textPieces', () => {
  it.each(['plain words here', '日本語 😀🎉 mixed ünïcode', '{"city":"Paris"}'])(
    'loses no character and no token of %s',
    (text) => {
      const pieces = textPieces(text);
      expect(pieces.map((piece) => piece.text).join('')).toBe(text);
      expect(pieces.reduce((sum, piece) => sum + piece.tokens, 0)).toBe(countTokens(text));
      expect(pieces.some((piece) => piece.text.includes('\uFFFD'))).toBe(false);
    },
  );
});

describe('firstTokens', () => {
  it('never ends inside a character', () => {
    const text = '😀🎉日本語'.repeat(10);
    for (let tokens = 0; tokens < 40; tokens += 1)
      expect(text.startsWith(firstTokens(text, tokens))).toBe(true);
  });
});
