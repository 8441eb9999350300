import { createRequire } from 'node:module';
import { estimateText } from './estimate-text.js';

type CountTokens = (text: string, options: { allowedSpecial: 'all' }) => number;

/** Beyond this the rest is estimated, by how far the estimate was off before. */
const COUNT_CHARACTERS = 64 * 1024;
/** The tokenizer takes quadratic time for a run without a space, so it gets short pieces: one token each is lost. */
const PIECE_CHARACTERS = 256;
/** About a millisecond of counting. */
const SLICE_CHARACTERS = 2_048;

let counter: CountTokens | null = null;

/** Loads the tokenizer (0.4 s and 75 MB) now rather than at the first count. */
export function loadTokenizer(): void {
  counter ??= readTokenizer();
}

/** Tokens of a text in o200k_base. Bounded in time: some 30 ms for any text. */
export function countText(text: string): number {
  const counting = count([text]);
  for (;;) {
    const slice = counting.next();
    if (slice.done) return slice.value;
  }
}

/**
 * Tokens of some texts together, as `countText` counts each.
 * @param pause awaited after each slice of about a millisecond, so that other work goes on meanwhile
 */
export async function countTextsInSlices(
  texts: Iterable<string>,
  pause: () => Promise<unknown>,
): Promise<number> {
  const counting = count(texts);
  for (;;) {
    const slice = counting.next();
    if (slice.done) return slice.value;
    await pause();
  }
}

function* count(texts: Iterable<string>): Generator<void, number> {
  let sum = 0;
  let sliceCharacters = 0;
  for (const text of texts) {
    if (text === '') continue;
    const countPiece = (counter ??= readTokenizer());
    const head = text.length > COUNT_CHARACTERS ? text.slice(0, COUNT_CHARACTERS) : text;
    let tokens = 0;
    for (let from = 0; from < head.length;) {
      const to = endOfPiece(head, from);
      tokens += countPiece(head.slice(from, to), { allowedSpecial: 'all' });
      sliceCharacters += to - from;
      from = to;
      if (sliceCharacters < SLICE_CHARACTERS) continue;
      sliceCharacters = 0;
      yield;
    }
    sum += tokens + estimateRest(text, tokens);
  }
  return sum;
}

/** What lies beyond the part that was counted, by how far the estimate was off there. */
function estimateRest(text: string, counted: number): number {
  if (text.length <= COUNT_CHARACTERS) return 0;
  const estimateOfCounted = estimateText(text.slice(0, COUNT_CHARACTERS));
  const estimateOfRest = estimateText(text.slice(COUNT_CHARACTERS));
  return Math.round((estimateOfRest * counted) / Math.max(1, estimateOfCounted));
}

/** Before a space where there is one, since a token begins with its space. */
function endOfPiece(text: string, from: number): number {
  const to = from + PIECE_CHARACTERS;
  if (to >= text.length) return text.length;
  const space = text.lastIndexOf(' ', to);
  return space > from ? space : to;
}

/** Synchronous, and only when it is needed: few processes ever count. */
function readTokenizer(): CountTokens {
  const require = createRequire(import.meta.url);
  const { countTokens } = require('gpt-tokenizer/encoding/o200k_base') as { countTokens: CountTokens };
  return countTokens;
}
