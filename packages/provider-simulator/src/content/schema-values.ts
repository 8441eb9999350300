import type { PromptFacts } from './prompt-facts.js';
import type { SeededRandom } from './seeded-random.js';
import { textForPattern } from './text-for-pattern.js';

type Schema = Readonly<Record<string, unknown>>;

const FORMATS: Readonly<Record<string, (random: SeededRandom) => string>> = {
  'date-time': (random) => `2026-0${random.whole(1, 9)}-1${random.whole(0, 9)}T09:30:00Z`,
  date: (random) => `2026-0${random.whole(1, 9)}-1${random.whole(0, 9)}`,
  time: () => '09:30:00Z',
  duration: () => 'PT30M',
  email: (random) => `${random.pick(['ada', 'grace', 'alan'])}@example.com`,
  hostname: () => 'www.example.com',
  ipv4: (random) => `192.0.2.${random.whole(1, 254)}`,
  ipv6: (random) => `2001:db8::${random.whole(1, 9_999)}`,
  uuid: (random) => {
    const hex = Array.from({ length: 30 }, () => random.whole(0, 15).toString(16)).join('');
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(12, 15)}-a${hex.slice(15, 18)}-${hex.slice(18, 30)}`;
  },
  uri: () => 'https://example.com/page',
  url: () => 'https://example.com/page',
};

const BY_NAME: readonly (readonly [RegExp, (random: SeededRandom) => string])[] = [
  [/city|location|place|destination/iu, (random) => random.pick(['Paris', 'Lisbon', 'Nairobi', 'Osaka'])],
  [/country/iu, (random) => random.pick(['France', 'Portugal', 'Kenya', 'Japan'])],
  [/currency/iu, () => 'EUR'],
  [/language|locale/iu, () => 'en'],
  [/colou?r/iu, (random) => random.pick(['blue', 'green', 'red'])],
  [/email/iu, () => 'ada@example.com'],
  [/url|link|website/iu, () => 'https://example.com/page'],
  [/date|day/iu, () => '2026-05-14'],
  [/time/iu, () => '09:30'],
  [
    /^(first_?|last_?|full_?|user_?)?name$|author|person/iu,
    (random) => random.pick(['Ada Lovelace', 'Grace Hopper', 'Alan Turing']),
  ],
  [/id$/iu, (random) => `id-${random.whole(1_000, 9_999)}`],
];

/** A string for a member of that name: from the prompt where something fits, else sensible; within all keywords. */
export function stringFor(schema: Schema, name: string, facts: PromptFacts, random: SeededRandom): string {
  const pattern = schema['pattern'];
  const candidates = [facts.named.get(name.toLowerCase()), ...guesses(schema, name, facts)].filter(
    (text) => text !== undefined,
  );
  if (typeof pattern === 'string') {
    return (
      candidates.find((text) => matches(pattern, text) && withinLengths(schema, text)) ??
      patternText(schema, pattern, random)
    );
  }
  const format = FORMATS[String(schema['format'])];
  if (format !== undefined) return format(random);
  return fitLength(schema, candidates[0] ?? sensible(name, facts, random));
}

/** The number nearest to the wanted one that the schema's range and step take. */
export function numberFor(schema: Schema, wanted: number, whole: boolean): number {
  const step = positive(schema['multipleOf']) ?? (whole ? 1 : undefined);
  const margin = step ?? 0.001;
  const least = Math.max(
    bound(schema['minimum'], 0, -Infinity),
    bound(schema['exclusiveMinimum'], margin, -Infinity),
  );
  const most = Math.min(
    bound(schema['maximum'], 0, Infinity),
    bound(schema['exclusiveMaximum'], -margin, Infinity),
  );
  const clamped = Math.min(Math.max(wanted, least), most);
  if (step === undefined) return clamped;
  const nearest = Math.round(clamped / step) * step;
  if (nearest < least) return Math.ceil(least / step) * step;
  return nearest > most ? Math.floor(most / step) * step : nearest;
}

function guesses(schema: Schema, name: string, facts: PromptFacts): string[] {
  if (/city|location|place|name|title|country|destination|person|author/iu.test(name))
    return [...facts.quoted, ...facts.names];
  return schema['pattern'] === undefined
    ? [...facts.quoted]
    : [...facts.quoted, ...facts.names, ...facts.numbers.map(String)];
}

function sensible(name: string, facts: PromptFacts, random: SeededRandom): string {
  const known = BY_NAME.find(([expression]) => expression.test(name));
  if (known !== undefined) return known[1](random);
  const words = facts.text.match(/\p{L}{4,20}/gu) ?? [];
  const label =
    name === '' ? 'Answer' : `${name.charAt(0).toUpperCase()}${name.slice(1).replaceAll('_', ' ')}`;
  return words.length === 0 ? label : `${label} about ${words.slice(-3).join(' ').toLowerCase()}`;
}

function patternText(schema: Schema, pattern: string, random: SeededRandom): string {
  let last = '';
  for (let tries = 0; tries < 50; tries += 1) {
    last = textForPattern(pattern, random) ?? last;
    if (last !== '' && withinLengths(schema, last)) return last;
  }
  return last;
}

function matches(pattern: string, text: string): boolean {
  try {
    return text.length < 200 && new RegExp(pattern, 'u').test(text);
  } catch {
    return false;
  }
}

function withinLengths(schema: Schema, text: string): boolean {
  const length = Array.from(text).length;
  return length >= (positive(schema['minLength']) ?? 0) && length <= (limit(schema['maxLength']) ?? Infinity);
}

function fitLength(schema: Schema, text: string): string {
  const least = Math.min(positive(schema['minLength']) ?? 0, 100_000);
  let fitted = text;
  while (Array.from(fitted).length < least) fitted += ` ${text === '' ? 'and' : text}`;
  const most = limit(schema['maxLength']);
  return most === undefined ? fitted : Array.from(fitted).slice(0, most).join('');
}

function bound(value: unknown, shift: number, otherwise: number): number {
  return typeof value === 'number' ? value + shift : otherwise;
}

function positive(value: unknown): number | undefined {
  return typeof value === 'number' && value > 0 ? value : undefined;
}

function limit(value: unknown): number | undefined {
  return typeof value === 'number' && value >= 0 ? value : undefined;
}
