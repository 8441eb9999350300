import { decodeGenerator, encode } from 'gpt-tokenizer/encoding/o200k_base';

/** A piece of text as a model would stream it: whole characters, and the tokens they are made of. */
export interface TextPiece {
  readonly text: string;
  readonly tokens: number;
}

// Text like `<|endoftext|>` in a prompt is ordinary text, not a control token.
const ORDINARY = { disallowedSpecial: new Set<string>() };

// Merging is quadratic in the length of an unbroken run (200,000 times "a" takes eleven seconds), so longer runs are
// counted in slices. Ordinary text has no such run, and its count is exactly that of o200k_base.
const RUN_LIMIT = 1_000;
const LONG_RUN = /[\p{L}\p{M}]{1001,}|\s{1001,}|[^\s\p{L}\p{M}\p{N}]{1001,}/gu;

/** Tokens of a text in the encoding o200k_base. */
export function countTokens(text: string): number {
  return encodeText(text).length;
}

/** The text cut after so many tokens; a character that would be cut in two is left out. */
export function firstTokens(text: string, tokens: number): string {
  if (countTokens(text) <= tokens) return text;
  let left = tokens;
  let cut = '';
  for (const piece of textPieces(text)) {
    left -= piece.tokens;
    if (left < 0) break;
    cut += piece.text;
  }
  return cut;
}

/** Splits a text into the pieces in which a model would stream it, one token each unless a character needs more. */
export function textPieces(text: string): TextPiece[] {
  let taken = 0;
  function* counted(): Generator<number> {
    for (const token of encodeText(text)) {
      taken += 1;
      yield token;
    }
  }
  const pieces: TextPiece[] = [];
  let before = 0;
  for (const piece of decodeGenerator(counted())) {
    if (piece === '') continue;
    pieces.push({ text: piece, tokens: taken - before });
    before = taken;
  }
  return pieces;
}

function encodeText(text: string): number[] {
  if (text.length <= RUN_LIMIT) return encode(text, ORDINARY);
  const tokens: number[] = [];
  let from = 0;
  for (const run of text.matchAll(LONG_RUN)) {
    append(tokens, text.slice(from, run.index));
    for (const slice of slices(run[0])) append(tokens, slice);
    from = run.index + run[0].length;
  }
  append(tokens, text.slice(from));
  return tokens;
}

function append(tokens: number[], text: string): void {
  // Not `push(...)`: a long text has more tokens than a call may have arguments.
  for (const token of encode(text, ORDINARY)) tokens.push(token);
}

function* slices(run: string): Generator<string> {
  let from = 0;
  while (from < run.length) {
    let to = Math.min(from + RUN_LIMIT, run.length);
    const last = run.charCodeAt(to - 1);
    if (last >= 0xd800 && last <= 0xdbff) to += 1;
    yield run.slice(from, to);
    from = to;
  }
}
