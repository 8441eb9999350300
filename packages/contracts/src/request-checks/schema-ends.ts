import { resolveLocalReference } from './local-reference.js';

/** Schemas looked at before the answer is taken to be yes; a schema in use needs a few hundred. */
const MAX_VISITS = 50_000;

type Schema = Readonly<Record<string, unknown>>;

/**
 * Whether every part that a schema refers to can be met by a finite value. A tree whose children are optional ends; a
 * node that requires itself, or a reference to a reference to itself, does not.
 */
export function schemaEnds(root: Schema): boolean {
  const targets = referredTo(root);
  const ended = new Set<unknown>();
  const search = { root, ended, visits: 0 };
  let pending: Schema[] = [root, ...targets];
  while (pending.length > 0) {
    const rest = pending.filter((target) => !ends(target, search));
    if (search.visits > MAX_VISITS) return true;
    if (rest.length === pending.length) return false;
    pending = rest;
  }
  return true;
}

/** Everything that a `$ref` of the schema leads to. */
function referredTo(root: Schema): Set<Schema> {
  const targets = new Set<Schema>();
  const open: object[] = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    for (const [key, child] of Object.entries(node) as [string, unknown][]) {
      if (child !== null && typeof child === 'object') open.push(child);
      else if (key === '$ref') {
        const target = typeof child === 'string' ? resolveLocalReference(root, child) : null;
        if (isSchema(target)) targets.add(target);
      }
    }
  }
  return targets;
}

interface Search {
  readonly root: Schema;
  /** Targets known to end. */
  readonly ended: Set<unknown>;
  visits: number;
}

function ends(schema: Schema, search: Search): boolean {
  if (search.ended.has(schema)) return true;
  const isEnded = hasEnd(schema, search);
  if (isEnded) search.ended.add(schema);
  return isEnded;
}

/** Whether a finite value fits, given what is known of the targets of references. */
function hasEnd(schema: unknown, search: Search): boolean {
  search.visits += 1;
  if (!isSchema(schema) || search.visits > MAX_VISITS) return true;
  const { $ref: reference, type } = schema;
  if (typeof reference === 'string') {
    const target = resolveLocalReference(search.root, reference);
    if (isSchema(target) && !search.ended.has(target)) return false;
  }
  if (schema['enum'] !== undefined || schema['const'] !== undefined) return true;
  if (!listOf(schema['allOf']).every((part) => hasEnd(part, search))) return false;
  for (const union of [listOf(schema['anyOf']), listOf(schema['oneOf'])]) {
    if (union.length > 0 && !union.some((part) => hasEnd(part, search))) return false;
  }
  const types = listOf(typeof type === 'string' ? [type] : type);
  if (types.some((one) => one !== 'object' && one !== 'array')) return true;
  return fieldsEnd(schema, search) && itemsEnd(schema, search);
}

function fieldsEnd(schema: Schema, search: Search): boolean {
  const { properties } = schema;
  if (!isSchema(properties)) return true;
  return listOf(schema['required']).every((name) =>
    typeof name === 'string' && Object.hasOwn(properties, name) ? hasEnd(properties[name], search) : true,
  );
}

function itemsEnd(schema: Schema, search: Search): boolean {
  const { minItems, items } = schema;
  return typeof minItems === 'number' && minItems > 0 ? hasEnd(items, search) : true;
}

function isSchema(value: unknown): value is Schema {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
