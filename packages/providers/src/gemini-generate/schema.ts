import { compileSchema, type CompiledSchema, type SchemaDialect } from '../schema/index.js';
import { Refusal } from '../refusal.js';
import { settleSchema } from './settle-schema.js';

/** Gemini's subset of OpenAPI. https://ai.google.dev/api/caching#Schema */
const GEMINI_SCHEMAS: SchemaDialect = {
  takes: new Set([
    ...['type', 'format', 'title', 'description', 'nullable', 'enum', 'maxItems', 'minItems'],
    ...['minimum', 'maximum', 'required', 'minProperties', 'maxProperties', 'minLength', 'maxLength'],
    ...['pattern', 'example', 'default'],
  ]),
  formats: new Set(['enum', 'date-time']),
  references: 'inline',
  allOf: 'merged',
  oneOf: 'any-of',
  null: 'nullable',
  typeLists: 'any-of',
  const: 'enum',
  enums: 'strings',
  tuples: 'any-item',
  anyItem: { type: 'string' },
};

/**
 * A JSON schema as Gemini takes it: references are written out, unions become `anyOf`, `null` becomes `nullable`, and
 * keywords outside the subset are left out.
 * @param path of the schema, for the refusal
 * @throws Refusal for a schema that grows beyond all bounds when its references are written out
 */
export function fitSchema(schema: unknown, path: string): CompiledSchema {
  const compiled = compileSchema(schema, GEMINI_SCHEMAS);
  if (compiled === null) throw new Refusal(path, 'The schema is too large or too deep for this provider.');
  return settleSchema(compiled);
}
