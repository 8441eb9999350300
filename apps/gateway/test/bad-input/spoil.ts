import fc from 'fast-check';

/** One place of a request and what is put there. */
export interface Spoiling {
  /** Which of the places, counted from the top; taken modulo their number. */
  readonly place: number;
  readonly how: 'replace' | 'remove' | 'repeat' | 'wrap' | 'add';
  readonly value: unknown;
}

const deep = (depth: number): unknown => (depth === 0 ? 1 : { a: [deep(depth - 1)] });

const POISONS: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -0,
  -1,
  1,
  0.5,
  1e21,
  -1e308,
  5e-324,
  2 ** 31,
  2 ** 53,
  129,
  '',
  ' ',
  'x',
  'null',
  'NaN',
  '1',
  '-1',
  '\u0000',
  '\ud800',
  'a\udfffb',
  '\u202e',
  '😀'.repeat(50),
  'x'.repeat(70_000),
  '../../etc/passwd',
  '<script>',
  "'; drop table call;--",
  [],
  {},
  [[]],
  [null],
  [{}],
  [''],
  [0],
  { type: 'x' },
  { type: null },
  { type: 'function' },
  { type: 'text' },
  { $ref: '#' },
  { a: { $ref: '#/nowhere' } },
  JSON.parse('{"__proto__":{"polluted":1}}'),
  JSON.parse('{"constructor":{"prototype":{"polluted":1}}}'),
  { toString: 1, valueOf: 2, hasOwnProperty: 3, length: -1, toJSON: 5 },
  { length: 1e9 },
  deep(90),
  Array.from({ length: 2_000 }, (_, i) => i),
  Array.from({ length: 300 }, () => 'x'),
  'data:image/png;base64,%%%',
  'data:image/png;base64,',
  'data:,',
  'http://127.0.0.1/',
  'http://2130706433/a',
  'http://[::ffff:7f00:1]/',
  'file:///etc/passwd',
  'http://u:p@10.0.0.1/',
  'required',
  'none',
  'tool',
  'json_schema',
  'constructor',
  '__proto__',
  'toString',
];

const poison = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...POISONS) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  { weight: 1, arbitrary: fc.double() },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
);

export const spoilings = fc.array(
  fc.record({
    place: fc.nat(10_000),
    how: fc.constantFrom<Spoiling['how']>('replace', 'replace', 'replace', 'remove', 'repeat', 'wrap', 'add'),
    value: poison,
  }),
  { minLength: 1, maxLength: 2 },
);

interface Place {
  readonly holder: Record<string, unknown> | unknown[];
  readonly key: string | number;
  readonly path: string;
}

/** Every field and element, from the outside in. */
function placesOf(value: unknown, path = ''): Place[] {
  if (value === null || typeof value !== 'object') return [];
  const holder = value as Record<string, unknown> | unknown[];
  const keys: (string | number)[] = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
  const own = keys.map((key) => ({ holder, key, path: `${path}/${key}` }));
  return [...own, ...own.flatMap((place) => placesOf(read(place), place.path))];
}

const read = ({ holder, key }: Place): unknown => (holder as Record<string | number, unknown>)[key];

/** A copy of a request, spoilt; with where and how. */
export function spoil(
  body: object,
  wishes: readonly Spoiling[],
): { spoilt: Record<string, unknown>; told: string } {
  const spoilt = structuredClone(body) as Record<string, unknown>;
  const told: string[] = [];
  for (const { place: nth, how, value } of wishes) {
    const places = placesOf(spoilt);
    const place = places[nth % places.length];
    if (!place) continue;
    told.push(`${how} ${place.path} ${JSON.stringify(value)?.slice(0, 60)}`);
    put(place, how, structuredClone(value));
  }
  return { spoilt, told: told.join(' + ') };
}

function put(place: Place, how: Spoiling['how'], value: unknown): void {
  const { holder, key } = place;
  const fields = holder as Record<string | number, unknown>;
  const old = read(place);
  switch (how) {
    case 'replace':
      fields[key] = value;
      return;
    case 'remove':
      if (Array.isArray(holder)) holder.splice(Number(key), 1);
      else delete fields[key];
      return;
    case 'repeat':
      if (Array.isArray(holder)) holder.push(old, old);
      else fields[key] = [old, old];
      return;
    case 'wrap':
      fields[key] = { [String(key)]: old };
      return;
    case 'add':
      if (Array.isArray(holder)) holder.push(value);
      else fields[`extra_${key}`] = value;
  }
}
