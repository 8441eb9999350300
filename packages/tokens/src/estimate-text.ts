/**
 * Tokens per character class, fitted to o200k_base over some 430 samples (documentation, code, JSON, numbers, fourteen
 * languages): 90 % of the samples of each kind are within 15 %. 21 November 2026.
 */
const PER_WORD = 0.762;
const PER_FURTHER_LETTER = 0.102;
/** camelCase: a capital behind a small letter begins a token. */
const PER_INNER_CAPITAL = 0.561;
const PER_NUMBER = 1.832;
const PER_FURTHER_DIGIT = 0.33;
const PER_PUNCTUATION = 0.468;
const PER_FURTHER_SPACE = 0.112;
const PER_ACCENTED_LETTER = 0.382;
const PER_CJK = 0.704;
const PER_OTHER_LETTER = 0.401;
/** Half of an emoji. */
const PER_SURROGATE = 0.907;

/** Longer texts are sampled: every estimate is bounded in time. */
const SAMPLE_FROM_CHARACTERS = 16_384;
const SAMPLE_CHARACTERS = 1024;

/** How many tokens a text has, about. Takes some 2 µs for 600 characters, and some 50 µs for a long text of any size. */
export function estimateText(text: string): number {
  const { length } = text;
  if (length <= SAMPLE_FROM_CHARACTERS) return Math.ceil(estimateRange(text, 0, length));
  const samples = SAMPLE_FROM_CHARACTERS / SAMPLE_CHARACTERS;
  const step = (length - SAMPLE_CHARACTERS) / (samples - 1);
  let sum = 0;
  for (let i = 0; i < samples; i += 1) {
    const from = Math.floor(i * step);
    sum += estimateRange(text, from, from + SAMPLE_CHARACTERS);
  }
  return Math.ceil((sum * length) / SAMPLE_FROM_CHARACTERS);
}

const NONE = 0;
const SMALL_LETTER = 1;
const CAPITAL = 2;
const SPACE = 3;
const DIGIT = 4;
const OTHER = 5;

function estimateRange(text: string, from: number, to: number): number {
  let tokens = 0;
  let previous = NONE;
  for (let at = from; at < to; at += 1) {
    const code = text.charCodeAt(at);
    if (code >= 97 && code <= 122) {
      tokens += previous === SMALL_LETTER || previous === CAPITAL ? PER_FURTHER_LETTER : PER_WORD;
      previous = SMALL_LETTER;
    } else if (code === 32 || (code >= 9 && code <= 13)) {
      if (previous === SPACE) tokens += PER_FURTHER_SPACE;
      previous = SPACE;
    } else if (code >= 65 && code <= 90) {
      if (previous === SMALL_LETTER) tokens += PER_FURTHER_LETTER + PER_INNER_CAPITAL;
      else tokens += previous === CAPITAL ? PER_FURTHER_LETTER : PER_WORD;
      previous = CAPITAL;
    } else if (code >= 48 && code <= 57) {
      tokens += previous === DIGIT ? PER_FURTHER_DIGIT : PER_NUMBER;
      previous = DIGIT;
    } else if (code < 128) {
      tokens += PER_PUNCTUATION;
      previous = OTHER;
    } else {
      const isLetter = previous === SMALL_LETTER || previous === CAPITAL;
      tokens += perCharacter(code, isLetter);
      previous = isCjk(code) ? OTHER : SMALL_LETTER;
    }
  }
  return tokens;
}

function perCharacter(code: number, isInWord: boolean): number {
  if (code < 0x250 || (code >= 0x1e00 && code < 0x1f00))
    return PER_ACCENTED_LETTER + (isInWord ? 0 : PER_WORD);
  if (code >= 0xd800 && code < 0xe000) return PER_SURROGATE;
  return isCjk(code) ? PER_CJK : PER_OTHER_LETTER;
}

/** Han, kana, hangul and full-width forms. */
function isCjk(code: number): boolean {
  return (code >= 0x2e80 && code < 0xd7b0) || (code >= 0xf900 && code < 0xfb00) || code >= 0xff00;
}
