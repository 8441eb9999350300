import type { SchemaDialect } from '../schema/index.js';

/**
 * Schemas to which OpenAI holds a model strictly. Elsewhere a schema is told to the model and may say anything.
 * https://platform.openai.com/docs/guides/structured-outputs#supported-schemas
 * https://github.com/pydantic/pydantic-ai/blob/main/pydantic_ai_slim/pydantic_ai/profiles/openai.py
 */
export const OPENAI_STRICT: SchemaDialect = {
  refuses: new Set([
    ...['default', 'minLength', 'maxLength', 'minProperties', 'maxProperties', 'patternProperties'],
    ...['propertyNames', 'unevaluatedProperties', 'unevaluatedItems', 'uniqueItems', 'prefixItems'],
    ...['contains', 'minContains', 'maxContains', 'not', 'if', 'then', 'else'],
    ...['dependentRequired', 'dependentSchemas'],
  ]),
  formats: new Set([
    ...['date-time', 'time', 'date', 'duration', 'email', 'hostname', 'ipv4', 'ipv6', 'uuid'],
  ]),
  untold: 'described',
  besideReference: false,
  allOf: 'merged',
  oneOf: 'any-of',
  tuples: 'any-item',
  closed: true,
  allRequired: true,
  typed: true,
};

/** Others may say anything, but that lists say of what, though it be anything. */
export const OPENAI_TOLD: SchemaDialect = { anyItem: {} };
