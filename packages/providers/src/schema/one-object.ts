import { resolveLocalReference } from '@trunkline/contracts';
import { isDeepStrictEqual } from 'node:util';
import { isRecord, type JsonRecord } from '../loose-json.js';
import { define, listOf } from './members.js';

export interface OneObject {
  readonly schema: JsonRecord;
  /** Keywords that were weakened. */
  readonly lost: readonly string[];
}

/** What may not stand at the top of a tool's schema, where some providers want to see an object. */
const COMBINING = ['anyOf', 'oneOf', 'allOf', '$ref', 'enum', 'const', 'not'];

/** A reference to a reference, one of several, and so on: of what lies deeper, nothing is said. */
const MOST_STEPS = 6;

interface Form {
  readonly properties: JsonRecord;
  readonly required: readonly string[];
}

interface Reading {
  readonly root: JsonRecord;
  readonly lost: Set<string>;
  /** Of each schema, read once however often it is referred to; empty while it is being read. */
  readonly forms: Map<JsonRecord, Form>;
}

const NOTHING: Form = { properties: {}, required: [] };

/**
 * The arguments of a tool as one object, whatever the schema as a whole is: a reference is what it leads to, all of
 * several are one, and of one or another of several the object has every property and requires what all of them do.
 */
export function oneObject(parameters: JsonRecord | null | undefined): OneObject {
  const root = withoutNulls(parameters ?? {});
  const isPlain = COMBINING.every((keyword) => root[keyword] === undefined);
  if (isPlain) return { schema: { ...root, type: 'object', properties: root['properties'] ?? {} }, lost: [] };
  const lost = new Set<string>();
  const { properties, required } = formOf({ root, lost, forms: new Map() }, root, 0);
  const rest = Object.fromEntries(Object.entries(root).filter(([keyword]) => !COMBINING.includes(keyword)));
  const { required: _required, ...kept } = rest;
  const names = required.filter((name) => Object.hasOwn(properties, name));
  return {
    schema: { ...kept, type: 'object', properties, ...(names.length > 0 ? { required: names } : {}) },
    lost: [...lost],
  };
}

/** What stands as null was left out: nothing of arguments as a whole is null, and to many that is an error. */
export function withoutNulls(schema: JsonRecord): JsonRecord {
  const said = Object.entries(schema).filter(([, value]) => value !== null);
  return said.length === Object.keys(schema).length ? schema : Object.fromEntries(said);
}

function formOf(reading: Reading, schema: JsonRecord, steps: number): Form {
  const { root, lost, forms: known } = reading;
  known.set(schema, NOTHING);
  const properties: JsonRecord = {};
  const required = new Set(namesOf(schema['required']));
  const take = (form: Form, together: 'allOf' | 'anyOf'): void => {
    for (const [name, one] of Object.entries(form.properties)) addProperty(properties, name, one, together);
  };
  take({ properties: isRecord(schema['properties']) ? schema['properties'] : {}, required: [] }, 'allOf');
  const read = (one: unknown): Form => {
    if (!isRecord(one)) return NOTHING;
    return known.get(one) ?? (steps < MOST_STEPS ? formOf(reading, one, steps + 1) : NOTHING);
  };
  const { $ref: reference } = schema;
  const all = listOf(schema['allOf']).concat(
    typeof reference === 'string' ? [resolveLocalReference(root, reference)] : [],
  );
  for (const form of all.map(read)) {
    take(form, 'allOf');
    for (const name of form.required) required.add(name);
  }
  for (const keyword of ['anyOf', 'oneOf']) {
    const forms = listOf(schema[keyword]).map(read);
    if (forms.length === 0) continue;
    lost.add(keyword);
    const several: JsonRecord = {};
    for (const form of forms)
      for (const [name, one] of Object.entries(form.properties)) addProperty(several, name, one, 'anyOf');
    take({ properties: several, required: [] }, 'allOf');
    const [first, ...others] = forms;
    for (const name of first?.required ?? [])
      if (others.every((other) => other.required.includes(name))) required.add(name);
  }
  for (const keyword of ['enum', 'const', 'not']) if (schema[keyword] !== undefined) lost.add(keyword);
  const form = { properties, required: [...required] };
  known.set(schema, form);
  return form;
}

/** A property of the same name: both, or either. */
function addProperty(
  properties: JsonRecord,
  name: string,
  schema: unknown,
  together: 'allOf' | 'anyOf',
): void {
  const known = Object.hasOwn(properties, name) ? properties[name] : undefined;
  if (known === undefined || isDeepStrictEqual(known, schema)) return define(properties, name, schema);
  const members =
    together === 'anyOf' && isRecord(known) && Object.keys(known).length === 1 ? listOf(known['anyOf']) : [];
  if (members.some((member) => isDeepStrictEqual(member, schema))) return;
  define(properties, name, { [together]: members.length > 0 ? [...members, schema] : [known, schema] });
}

function namesOf(required: unknown): string[] {
  return listOf(required).filter((name) => typeof name === 'string');
}
