import { countTokens, firstTokens } from '../counting/count-tokens.js';
import type { SeededRandom } from './seeded-random.js';

const OPENINGS = [
  'Here is a short answer about {topic}.',
  'Let us look at {topic} step by step.',
  'The question about {topic} has two sides.',
  'In short, {topic} depends on what you want to reach.',
  'A good way to think about {topic} is to begin with the goal.',
] as const;

const SENTENCES = [
  'First, it helps to separate {topic} from {other}, because they are often taken for the same thing.',
  'In practice, {topic} matters most when time or money is limited.',
  'Many people begin with {other} and come to {topic} only later.',
  'A simple example makes this clear: take {topic}, change one thing, and watch what happens to {other}.',
  'There is a trade-off: more care with {topic} leaves less room for {other}.',
  'It is worth writing down what you expect before you try it.',
  'The details differ from case to case, but the principle stays the same.',
  'If you measure {topic} before and after, you will know whether it worked.',
  'When in doubt, choose the option that is easier to undo.',
  'Experts agree on the basics of {topic} and still argue about {other}.',
  'For a first attempt, keep it small and look at the result with fresh eyes.',
] as const;

const THOUGHTS = [
  'The user asks about {topic}.',
  'I should say what matters about {topic} before going into {other}.',
  'Let me check whether {other} changes the answer.',
  'It seems not, so a direct answer is best.',
  'I will keep it short and give one example.',
  'There may be a second reading of {topic}, but the first is the likely one.',
] as const;

const COMMON = new Set(
  'about above after again also because been before being between both could does doing down during each else from further give have having here into just like make more most need only other please reply should show some such tell than that their them then there these they this those through under until very want were what when where which while whom will with would write your'.split(
    ' ',
  ),
);

/** English prose about a prompt; `tokens` is met exactly when it is given. */
export function prose(about: string, random: SeededRandom, tokens?: number): string {
  const topics = topicsOf(about, random);
  const target = tokens ?? random.whole(40, 120);
  return writeText([OPENINGS, SENTENCES], topics, random, target, tokens !== undefined);
}

/** What the simulated model thinks before it answers, of exactly so many tokens. */
export function thoughts(about: string, random: SeededRandom, tokens: number): string {
  return writeText([THOUGHTS, THOUGHTS], topicsOf(about, random), random, tokens, true);
}

type Sentences = readonly [string, ...string[]];

function writeText(
  [openings, sentences]: readonly [Sentences, Sentences],
  topics: readonly [string, ...string[]],
  random: SeededRandom,
  target: number,
  exact: boolean,
): string {
  if (target <= 0) return '';
  const [topic, ...others] = topics;
  const fill = (sentence: string): string =>
    sentence
      .replaceAll('{topic}', topic)
      .replaceAll('{other}', others[random.whole(0, others.length - 1)] ?? topic);
  let text = fill(random.pick(openings));
  let tokens = countTokens(text);
  while (tokens < target) {
    const sentence = ` ${fill(random.pick(sentences))}`;
    const length = countTokens(sentence);
    if (!exact && tokens + length > target) break;
    text += sentence;
    tokens += length;
  }
  return exact ? exactly(text, target) : text;
}

/** Cuts or fills up a text until it has exactly so many tokens, counted as a whole. */
export function exactly(text: string, tokens: number): string {
  if (tokens <= 0) return '';
  let cut = firstTokens(text, tokens);
  while (countTokens(cut) > tokens) cut = cut.slice(0, -1);
  // " and" is one token behind a word, whatever the word is.
  while (countTokens(cut) < tokens) cut += ' and';
  return cut;
}

function topicsOf(about: string, random: SeededRandom): readonly [string, ...string[]] {
  const words = about.slice(0, 4_000).match(/\p{L}[\p{L}-]{3,23}/gu) ?? [];
  const unique = [...new Set(words.map((word) => word.toLowerCase()))]
    .filter((word) => !COMMON.has(word))
    .slice(0, 12);
  const [first = 'this', ...rest] = unique;
  return [first, ...rest, random.pick(['the context', 'the cost', 'the next step'])];
}
