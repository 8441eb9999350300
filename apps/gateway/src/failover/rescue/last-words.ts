/** How many of the words that were sent the next target is asked to begin with. */
const WORDS = 8;
/** Words are looked for in this much of the end: eight words of any language are shorter. */
const WITHIN_CHARACTERS = 400;

const segmenter = new Intl.Segmenter(undefined, { granularity: 'word' });

/** Where the last eight words of a text begin, a word that was cut among them; 0 for a text that has no more. */
export function startOfLastWords(text: string): number {
  const from = Math.max(0, text.length - WITHIN_CHARACTERS);
  const starts: number[] = [];
  for (const { index, isWordLike } of segmenter.segment(text.slice(from)))
    if (isWordLike) starts.push(from + index);
  const start = starts.at(-WORDS);
  if (start !== undefined && starts.length > WORDS) return start;
  return from === 0 ? text.length - text.trimStart().length : (start ?? from);
}
