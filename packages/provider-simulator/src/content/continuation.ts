import type { Prompt } from './prompt.js';

/** A wish to go on with an answer that was not finished. */
export interface Continuation {
  /** What the user asked for at first. */
  readonly asked: string;
  /** What the assistant has said so far. */
  readonly said: string;
  /** What the answer is to begin with: the end of `said`, or nothing where the assistant's own message is continued. */
  readonly words: string;
}

/**
 * Whether the conversation asks for the rest of an answer: it ends with the assistant's own words, or with a user message
 * that quotes them in a tag as what to begin with.
 */
export function readContinuation({ turns, prefill, lastUserText }: Prompt): Continuation | null {
  if (prefill !== undefined) return { asked: lastUserText, said: prefill, words: '' };
  const last = turns.at(-1);
  const said = turns.at(-2);
  if (last?.role !== 'user' || said?.role !== 'assistant') return null;
  const words = /<(\w+)>([^]*)<\/\1>/u.exec(last.text)?.[2];
  if (words === undefined || words === '' || !said.text.endsWith(words)) return null;
  return { asked: turns.at(-3)?.text ?? '', said: said.text, words };
}
