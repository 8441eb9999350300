import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { startOfLastWords } from './last-words.js';
import { Splicer, type SpliceMode } from './splicer.js';

/** The whole that a client reads, and null for no continuation; pieces of three characters. */
function spliced(sent: string, mode: SpliceMode, text: string, piece = 3): string | null {
  const splicer = new Splicer(sent, mode);
  let whole = sent;
  for (let at = 0; at < text.length; at += piece) {
    const part = splicer.push(text.slice(at, at + piece));
    if (part === null) return null;
    whole += part;
  }
  const last = splicer.end();
  return last === null ? null : whole + last;
}

const PLAIN =
  'The harbour lay quiet under a pale sky while two boats waited for the tide to turn. ' +
  'A woman on the quay counted crates, wrote a number on each, and moved along without looking up. ' +
  'Somewhere behind the sheds a radio played; nobody had asked it to stop. By noon the wind had come round, ' +
  'the first boat was gone, and the gulls had found the crates.';
/** Phrases come again, none of them as long as a repeat and none twice on end. */
const REPEATED =
  'On and on the road went, over the hill and down again, over the bridge and down again. ' +
  'On and on the rain fell, over the roofs and down the walls, and on and on he walked. ' +
  'He said that it was late. She said that it was early. He said that it was far, and on and on they went.';

const positions = (text: string) => Array.from({ length: text.length - 1 }, (_, index) => index + 1);

describe.each([
  ['plain', PLAIN],
  ['repeated', REPEATED],
])('a %s text that was cut anywhere', (_, text) => {
  it('is whole when the model goes on by prefill', () => {
    for (const at of positions(text)) {
      const sent = text.slice(0, at);
      expect(spliced(sent, 'prefill', text.slice(sent.trimEnd().length))).toBe(text);
    }
  });

  it.each(['prefill', 'instruction'] as const)('is whole when the model starts over: %s', (mode) => {
    for (const at of positions(text)) expect(spliced(text.slice(0, at), mode, text)).toBe(text);
  });

  it('is whole when the model repeats 24 characters or more by prefill', () => {
    for (const at of positions(text).filter((position) => position >= 40)) {
      for (const overlap of [24, 31, 40])
        expect(spliced(text.slice(0, at), 'prefill', text.slice(at - overlap))).toBe(text);
    }
  });

  it('is whole when the model begins with the last words, as it was asked to', () => {
    for (const at of positions(text)) {
      const sent = text.slice(0, at);
      expect(spliced(sent, 'instruction', text.slice(startOfLastWords(sent)))).toBe(text);
    }
  });
});

describe('Splicer', () => {
  it('keeps a repeat of under 24 characters by prefill', () => {
    expect(spliced('It was late. And then', 'prefill', ' And then it rained.')).toBe(
      'It was late. And then And then it rained.',
    );
  });

  it('takes an answer with neither beginning for no continuation', () => {
    expect(spliced(PLAIN.slice(0, 200), 'instruction', 'Sure! Here is the rest.')).toBeNull();
    expect(spliced(PLAIN.slice(0, 200), 'instruction', '')).toBeNull();
  });

  it('overlooks quotation marks, dots and white space before the last words', () => {
    const sent = PLAIN.slice(0, 200);
    const words = PLAIN.slice(startOfLastWords(sent));
    for (const before of ['\n\n', '"', '…', '... ', ' "']) {
      expect(spliced(sent, 'instruction', before + words)).toBe(PLAIN);
    }
  });

  it('overlooks marks before words that begin with a mark of their own', () => {
    const text = '"So", she said, "this is it", and left.';
    for (const at of [5, 12, 20])
      for (const before of ['"', '```\n', '…"'])
        expect(spliced(text.slice(0, at), 'instruction', before + text)).toBe(text);
  });

  it('finds the words of a language without spaces', () => {
    const text = '今天天气很好,我们决定去公园散步,然后在湖边的小店里喝茶,一直坐到太阳落山才回家。';
    for (const at of positions(text)) {
      const sent = text.slice(0, at);
      expect(spliced(sent, 'instruction', text.slice(startOfLastWords(sent)), 1)).toBe(text);
    }
  });

  it('says how much it left out', () => {
    const splicer = new Splicer('one two three', 'instruction');
    splicer.push('one two three four');
    expect(splicer.skipped).toBe('one two three'.length);
  });

  it('gives the same whatever the pieces', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 30, max: PLAIN.length - 1 }),
        fc.integer({ min: 1, max: 50 }),
        fc.constantFrom<SpliceMode>('prefill', 'instruction'),
        (at, piece, mode) => {
          const sent = PLAIN.slice(0, at);
          const from = mode === 'prefill' ? sent.trimEnd().length : startOfLastWords(sent);
          expect(spliced(sent, mode, PLAIN.slice(from), piece)).toBe(PLAIN);
        },
      ),
    );
  });

  it('never throws, and never loses what was sent, whatever the model says', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.string(), (sent, text) => {
        fc.pre(sent.trim() !== '');
        for (const mode of ['prefill', 'instruction'] as const) {
          const whole = spliced(sent, mode, text, 2);
          if (whole !== null) expect(whole.startsWith(sent)).toBe(true);
        }
      }),
    );
  });
});
