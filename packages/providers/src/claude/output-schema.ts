import { compileSchema, type CompiledSchema, type SchemaDialect } from '../schema/index.js';

/** https://platform.claude.com/docs/en/build-with-claude/structured-outputs#json-schema-limitations */
const STRUCTURED_OUTPUTS: SchemaDialect = {
  refuses: new Set([
    ...['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'],
    ...['minLength', 'maxLength', 'maxItems', 'uniqueItems', 'contains', 'minContains', 'maxContains'],
    ...['minProperties', 'maxProperties', 'patternProperties', 'propertyNames', 'prefixItems'],
    ...['unevaluatedProperties', 'unevaluatedItems', 'dependentRequired', 'dependentSchemas'],
    ...['not', 'if', 'then', 'else', '$schema', '$id', '$anchor', '$dynamicRef'],
  ]),
  formats: new Set([
    ...['date-time', 'time', 'date', 'duration', 'email', 'hostname', 'uri', 'ipv4', 'ipv6', 'uuid'],
  ]),
  mostMinItems: 1,
  untold: 'described',
  references: 'acyclic',
  allOf: 'merged',
  oneOf: 'any-of',
  tuples: 'any-item',
  closed: true,
};

/**
 * A JSON schema that structured outputs take: objects are closed, and what cannot be enforced is told to the model in
 * the description instead.
 * @returns null for one that grows beyond all bounds when its references are written out
 */
export function compileOutputSchema(schema: unknown): CompiledSchema | null {
  return compileSchema(schema, STRUCTURED_OUTPUTS);
}
