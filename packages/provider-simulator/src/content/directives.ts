/** What a `[[sim …]]` directive in the last user message asks for. */
export interface Directives {
  readonly tokens?: number;
  readonly ttftMs?: number;
  readonly gapMs?: number;
  readonly waitMs?: number;
  readonly text?: string;
  readonly tools: readonly { readonly name: string; readonly args: unknown }[];
  readonly reasoningTokens?: number;
  readonly repeat: boolean;
  /** Asked to go on: says so many characters again that it said last. */
  readonly overlap?: number;
  /** Asked to go on: says something else. */
  readonly astray: boolean;
  readonly finish?: 'length' | 'content_filter';
  /** Set when a directive could not be read; says what is wrong. */
  readonly problem?: string;
}

export const NO_DIRECTIVES: Directives = { tools: [], repeat: false, astray: false };

const NUMBERS = {
  tokens: { field: 'tokens', max: 100_000 },
  ttft: { field: 'ttftMs', max: 600_000 },
  gap: { field: 'gapMs', max: 60_000 },
  wait: { field: 'waitMs', max: 600_000 },
  reasoning: { field: 'reasoningTokens', max: 100_000 },
  overlap: { field: 'overlap', max: 100_000 },
} as const;

const OPENING = '[[sim';

/** Reads the first directive of a text and gives the text without it. Grammar: the package's README. */
export function readDirectives(text: string): { directives: Directives; rest: string } {
  const start = text.indexOf(OPENING);
  if (start === -1) return { directives: NO_DIRECTIVES, rest: text };
  try {
    const { words, end } = readWords(text, start + OPENING.length);
    const rest = (text.slice(0, start) + text.slice(end)).trim();
    return { directives: toDirectives(words), rest };
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    return { directives: { ...NO_DIRECTIVES, problem }, rest: text };
  }
}

type Word = { readonly key: string; readonly value: unknown };

function readWords(text: string, from: number): { words: Word[]; end: number } {
  const words: Word[] = [];
  let at = from;
  for (;;) {
    while (/\s/u.test(text[at] ?? '')) at += 1;
    if (text.startsWith(']]', at)) return { words, end: at + 2 };
    const key = /^[a-z]+/u.exec(text.slice(at, at + 32))?.[0];
    if (key === undefined) throw new Error(`expected a word or "]]" at "${text.slice(at, at + 12)}"`);
    at += key.length;
    if (text[at] !== '=') {
      words.push({ key, value: true });
      continue;
    }
    const length = valueLength(text, at + 1);
    words.push({ key, value: toValue(key, text.slice(at + 1, at + 1 + length)) });
    at += 1 + length;
  }
}

/** How far a value reaches: a quoted string or a JSON value to its own end, anything else to a space or `]]`. */
function valueLength(text: string, from: number): number {
  const first = text[from] ?? '';
  if (!'"{['.includes(first) || first === '')
    return /^(?:(?!\]\])\S)*/u.exec(text.slice(from))?.[0].length ?? 0;
  let depth = 0;
  let quoted = false;
  for (let at = from; at < text.length; at += 1) {
    const char = text[at] ?? '';
    if (quoted) {
      if (char === '\\') at += 1;
      else if (char === '"') quoted = false;
    } else if (char === '"') quoted = true;
    else if (char === '{' || char === '[') depth += 1;
    else if (char === '}' || char === ']') depth -= 1;
    if (depth === 0 && !quoted) return at + 1 - from;
  }
  throw new Error('a quoted string or JSON value has no end');
}

function toValue(key: string, raw: string): unknown {
  if (!/^["{[]/u.test(raw)) return raw;
  try {
    return JSON.parse(raw) as unknown;
  } catch {
    throw new Error(`the value of "${key}" is not JSON`);
  }
}

function toDirectives(words: readonly Word[]): Directives {
  const numbers: { -readonly [K in (typeof NUMBERS)[keyof typeof NUMBERS]['field']]?: number } = {};
  const tools: { name: string; args: unknown }[] = [];
  let text: string | undefined;
  let finish: Directives['finish'];
  let repeat = false;
  let astray = false;
  for (const { key, value } of words) {
    if (isNumberKey(key)) numbers[NUMBERS[key].field] = toNumber(key, value);
    else if (key === 'repeat') repeat = true;
    else if (key === 'astray') astray = true;
    else if (key === 'text' && typeof value === 'string') text = value;
    else if (key === 'tool' && typeof value === 'string') tools.push({ name: value, args: undefined });
    else if (key === 'finish' && (value === 'length' || value === 'content_filter')) finish = value;
    else if (key === 'args' && tools.length > 0)
      tools[tools.length - 1] = { name: tools.at(-1)?.name ?? '', args: value };
    else throw new Error(`"${key}" is unknown, or its value is not of the right kind`);
  }
  return {
    ...numbers,
    tools,
    repeat,
    astray,
    ...(text === undefined ? {} : { text }),
    ...(finish === undefined ? {} : { finish }),
  };
}

function isNumberKey(key: string): key is keyof typeof NUMBERS {
  return Object.hasOwn(NUMBERS, key);
}

function toNumber(key: keyof typeof NUMBERS, value: unknown): number {
  const number = typeof value === 'string' && /^\d+(\.\d+)?$/u.test(value) ? Number(value) : Number.NaN;
  if (!(number <= NUMBERS[key].max))
    throw new Error(`"${key}" must be a number from 0 to ${NUMBERS[key].max}`);
  return number;
}
