import { resolveLocalReference } from '@trunkline/contracts';
import { isRecord } from '../loose-json.js';
import { compileSchema } from './compile-schema.js';
import type { CompiledSchema, SchemaDialect } from './dialect.js';

/** What cannot be lost without changing which fields an answer has. */
const STRUCTURE = ['additionalProperties', 'patternProperties', '$ref', 'allOf', 'false'];

/**
 * A schema to which a provider can hold a model strictly.
 * @returns null for one whose structure the dialect cannot say: a map, or a union as the whole. It is better asked for without strictness than in other words.
 */
export function compileStrict(schema: unknown, dialect: SchemaDialect): CompiledSchema | null {
  const compiled = compileSchema(withoutRootReference(schema), dialect);
  if (compiled === null || compiled.lost.some((keyword) => STRUCTURE.includes(keyword))) return null;
  if (dialect.typed && !isTyped(compiled.schema)) return null;
  return compiled.schema['type'] === 'object' && compiled.schema['anyOf'] === undefined ? compiled : null;
}

/** A schema that takes anything is refused, wherever it stands. */
function isTyped(schema: unknown): boolean {
  if (!isRecord(schema)) return false;
  const { type, anyOf, $ref: reference, items, properties, $defs: definitions } = schema;
  if (type === undefined && reference === undefined && !Array.isArray(anyOf)) return false;
  if ((type === 'array' || (Array.isArray(type) && type.includes('array'))) && !isTyped(items)) return false;
  return [properties, definitions]
    .flatMap((each) => (isRecord(each) ? Object.values(each) : []))
    .concat(Array.isArray(anyOf) ? (anyOf as unknown[]) : [])
    .every(isTyped);
}

/** The whole has to say itself what it is: a reference to a definition is that definition, beside all the others. */
function withoutRootReference(schema: unknown): unknown {
  if (!isRecord(schema) || typeof schema['$ref'] !== 'string') return schema;
  const { $ref: reference, ...beside } = schema;
  const target = resolveLocalReference(schema, reference);
  return isRecord(target) ? { ...target, ...beside } : schema;
}
