import type { PromptFacts } from './prompt-facts.js';
import { numberFor, stringFor } from './schema-values.js';
import type { SeededRandom } from './seeded-random.js';

type Schema = Readonly<Record<string, unknown>>;

interface Filling {
  readonly root: Schema;
  readonly facts: PromptFacts;
  readonly random: SeededRandom;
  /** Numbers of the prompt that are used up, so that `add(a, b)` gets two different ones. */
  readonly used: { numbers: number };
}

const OPTIONAL_DEPTH = 4;
const DEEPEST = 40;

/**
 * An instance of a JSON schema, with values of the prompt where names, enums and kinds fit. It satisfies the keywords
 * of structured outputs (types, enum, const, anyOf, oneOf, allOf, $ref, required, lengths, ranges, formats, most patterns).
 */
export function schemaInstance(schema: unknown, facts: PromptFacts, random: SeededRandom): unknown {
  const root = isObject(schema) ? schema : {};
  return fill(root, '', 0, { root, facts, random, used: { numbers: 0 } });
}

function fill(given: unknown, name: string, depth: number, filling: Filling): unknown {
  const schema = isObject(given) ? resolve(given, filling.root) : {};
  if (depth > DEEPEST) return null;
  if ('const' in schema) return schema['const'];
  if (Array.isArray(schema['enum'])) return pickEnum(schema['enum'], filling);
  const options = schema['anyOf'] ?? schema['oneOf'];
  if (Array.isArray(options))
    return fill(
      { ...without(schema, ['anyOf', 'oneOf']), ...pickOption(options, depth, filling) },
      name,
      depth,
      filling,
    );
  switch (typeOf(schema, depth)) {
    case 'object':
      return fillObject(schema, depth, filling);
    case 'array':
      return fillArray(schema, name, depth, filling);
    case 'boolean':
      return filling.facts.named.get(name.toLowerCase()) !== 'false';
    case 'integer':
      return numberFor(schema, takeNumber(name, filling), true);
    case 'number':
      return numberFor(schema, takeNumber(name, filling), false);
    case 'null':
      return null;
    default:
      return stringFor(schema, name, filling.facts, filling.random);
  }
}

function fillObject(schema: Schema, depth: number, filling: Filling): Record<string, unknown> {
  const properties = isObject(schema['properties']) ? schema['properties'] : {};
  const required = new Set(Array.isArray(schema['required']) ? schema['required'].map(String) : []);
  const result: Record<string, unknown> = {};
  for (const [key, property] of Object.entries(properties)) {
    // Optional members end a recursive schema; near the root they make a fuller answer.
    if (required.has(key) || depth < OPTIONAL_DEPTH)
      setMember(result, key, fill(property, key, depth + 1, filling));
  }
  for (const key of required) {
    if (!Object.hasOwn(result, key))
      setMember(result, key, fill(schema['additionalProperties'], key, depth + 1, filling));
  }
  return result;
}

/** A key may be `__proto__`, which plain assignment would swallow. */
function setMember(target: Record<string, unknown>, key: string, value: unknown): void {
  Object.defineProperty(target, key, { value, enumerable: true, writable: true, configurable: true });
}

function fillArray(schema: Schema, name: string, depth: number, filling: Filling): unknown[] {
  const first = Array.isArray(schema['prefixItems']) ? schema['prefixItems'] : [];
  const least = Math.min(numeric(schema['minItems']) ?? 0, 1_000);
  const most = numeric(schema['maxItems']) ?? Infinity;
  const wanted = depth < OPTIONAL_DEPTH ? Math.max(least, first.length, 1) : Math.max(least, first.length);
  const items: unknown[] = [];
  const seen = new Set<string>();
  for (let tries = 0; items.length < Math.min(wanted, most) && tries < wanted * 20 + 20; tries += 1) {
    let item = fill(first[items.length] ?? schema['items'], name, depth + 1, filling);
    if (schema['uniqueItems'] === true && seen.has(JSON.stringify(item)) && tries > wanted)
      item = vary(item, tries);
    const key = JSON.stringify(item);
    if (schema['uniqueItems'] === true && seen.has(key)) continue;
    seen.add(key);
    items.push(item);
  }
  return items;
}

function vary(item: unknown, by: number): unknown {
  if (typeof item === 'number') return item + by;
  return typeof item === 'string' ? `${item}${by}` : item;
}

function resolve(schema: Schema, root: Schema, hops = 0): Schema {
  let merged = schema;
  const ref = schema['$ref'];
  if (typeof ref === 'string' && hops < DEEPEST) {
    merged = { ...resolve(follow(ref, root), root, hops + 1), ...without(schema, ['$ref']) };
  }
  const all = merged['allOf'];
  if (!Array.isArray(all)) return merged;
  return all
    .filter(isObject)
    .reduce<Schema>((sum, part) => combine(sum, resolve(part, root, hops + 1)), without(merged, ['allOf']));
}

function combine(left: Schema, right: Schema): Schema {
  const both = { ...left, ...right };
  if (isObject(left['properties']) && isObject(right['properties'])) {
    return {
      ...both,
      properties: { ...left['properties'], ...right['properties'] },
      required: [...list(left['required']), ...list(right['required'])],
    };
  }
  return {
    ...both,
    ...(left['required'] === undefined
      ? {}
      : { required: [...list(left['required']), ...list(right['required'])] }),
  };
}

function follow(ref: string, root: Schema): Schema {
  let target: unknown = root;
  for (const part of ref.replace(/^#\/?/u, '').split('/')) {
    if (part === '') continue;
    const key = decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~');
    target = isObject(target) && Object.hasOwn(target, key) ? target[key] : undefined;
  }
  return isObject(target) ? target : {};
}

function pickOption(options: readonly unknown[], depth: number, filling: Filling): Schema {
  const schemas = options.filter(isObject).map((option) => resolve(option, filling.root));
  const full = schemas.find((option) => option['type'] !== 'null') ?? schemas[0] ?? {};
  if (depth < OPTIONAL_DEPTH) return full;
  const rank = (option: Schema): number =>
    ['null', 'boolean', 'integer', 'number', 'string', 'array'].indexOf(typeOf(option, depth));
  return schemas.filter((option) => rank(option) >= 0).sort((a, b) => rank(a) - rank(b))[0] ?? full;
}

function pickEnum(values: readonly unknown[], { facts, random }: Filling): unknown {
  const text = facts.text.toLowerCase();
  const mentioned = values.find(
    (value) => typeof value === 'string' && value !== '' && text.includes(value.toLowerCase()),
  );
  return mentioned ?? values[random.whole(0, Math.max(values.length - 1, 0))] ?? null;
}

function takeNumber(name: string, filling: Filling): number {
  const named = Number(filling.facts.named.get(name.toLowerCase()) ?? Number.NaN);
  if (Number.isFinite(named)) return named;
  const number = filling.facts.numbers[filling.used.numbers];
  filling.used.numbers += 1;
  return number ?? filling.random.whole(1, 100);
}

function typeOf(schema: Schema, depth: number): string {
  const type = schema['type'];
  if (Array.isArray(type)) {
    const names = type.map(String);
    if (depth >= OPTIONAL_DEPTH && names.includes('null')) return 'null';
    return names.find((name) => name !== 'null') ?? 'null';
  }
  if (typeof type === 'string') return type;
  if ('properties' in schema || 'required' in schema) return 'object';
  if ('items' in schema || 'prefixItems' in schema) return 'array';
  return 'minimum' in schema || 'maximum' in schema || 'multipleOf' in schema ? 'number' : 'string';
}

function without(schema: Schema, keys: readonly string[]): Schema {
  return Object.fromEntries(Object.entries(schema).filter(([key]) => !keys.includes(key)));
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function numeric(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

function isObject(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
