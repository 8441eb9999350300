import { isRecord, type JsonRecord } from '../loose-json.js';
import { listOf } from './members.js';

/** Of two bounds the one that holds for both. */
const TIGHTEST = new Map<string, (left: number, right: number) => number>([
  ['minimum', Math.max],
  ['exclusiveMinimum', Math.max],
  ['minLength', Math.max],
  ['minItems', Math.max],
  ['minProperties', Math.max],
  ['maximum', Math.min],
  ['exclusiveMaximum', Math.min],
  ['maxLength', Math.min],
  ['maxItems', Math.min],
  ['maxProperties', Math.min],
]);
const FIRST_WINS = new Set(['title', 'description', 'default', 'examples', '$schema', '$id', '$comment']);

/**
 * One schema for what must fit both.
 * @param lost takes `allOf` where one cannot say all of it
 */
export function mergeSchemas(left: JsonRecord, right: JsonRecord, lost: Set<string>): JsonRecord {
  const merged: JsonRecord = { ...left };
  for (const [key, value] of Object.entries(right)) {
    // No keyword, and as a member it would be the prototype.
    if (key === '__proto__') continue;
    const own = Object.hasOwn(left, key) ? left[key] : undefined;
    if (own === undefined) merged[key] = value;
    else if (!FIRST_WINS.has(key)) merged[key] = mergeKeyword(key, own, value, lost);
  }
  // Each of the two closes the object around its own properties alone.
  if (isClosed(left) || isClosed(right)) lost.add('allOf');
  return merged;
}

function mergeKeyword(key: string, left: unknown, right: unknown, lost: Set<string>): unknown {
  const tightest = TIGHTEST.get(key);
  if (tightest && typeof left === 'number' && typeof right === 'number') return tightest(left, right);
  if (key === 'properties' && isRecord(left) && isRecord(right)) return mergeProperties(left, right);
  if (key === 'required') return [...new Set([...listOf(left), ...listOf(right)])];
  if (key === 'allOf') return [...listOf(left), ...listOf(right)];
  if (key === 'type') return commonTypes(left, right) ?? giveUp(left, lost);
  if (key === 'enum') {
    const common = listOf(left).filter((value) => listOf(right).includes(value));
    return common.length > 0 ? common : giveUp(left, lost);
  }
  if (key === 'items' && isRecord(left) && isRecord(right)) return { allOf: [left, right] };
  if (key === '$defs' || key === 'definitions') return { ...recordOrNone(right), ...recordOrNone(left) };
  return JSON.stringify(left) === JSON.stringify(right) ? left : giveUp(left, lost);
}

function mergeProperties(left: JsonRecord, right: JsonRecord): JsonRecord {
  const merged: JsonRecord = { ...left };
  for (const [name, schema] of Object.entries(right)) {
    if (name !== '__proto__')
      merged[name] = Object.hasOwn(left, name) ? { allOf: [left[name], schema] } : schema;
  }
  return merged;
}

function commonTypes(left: unknown, right: unknown): unknown {
  const others = new Set(typesOf(right));
  const common = typesOf(left).filter(
    (type) => others.has(type) || (type === 'integer' && others.has('number')),
  );
  if (others.has('integer') && typesOf(left).includes('number')) common.push('integer');
  const [only] = common;
  if (only === undefined) return null;
  return common.length === 1 ? only : [...new Set(common)];
}

function typesOf(type: unknown): unknown[] {
  return Array.isArray(type) ? (type as unknown[]) : [type];
}

function isClosed({ additionalProperties, properties }: JsonRecord): boolean {
  return additionalProperties !== undefined && additionalProperties !== true && isRecord(properties);
}

function giveUp(left: unknown, lost: Set<string>): unknown {
  lost.add('allOf');
  return left;
}

function recordOrNone(value: unknown): JsonRecord {
  return isRecord(value) ? value : {};
}
