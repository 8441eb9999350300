import fc from 'fast-check';
import { isRecord, type JsonRecord } from '../loose-json.js';

/**
 * Values that a model held to a compiled schema could write: declared properties alone, optional ones now and then.
 * Knows the keywords that `schemaArbitrary` makes.
 */
export function instanceArbitrary(schema: unknown, root: unknown, depth = 0): fc.Arbitrary<unknown> {
  if (!isRecord(schema) || Object.keys(schema).length === 0) return fc.constantFrom<unknown>(1, 'x', null);
  if (depth > 8) return fc.constant(null);
  const { $ref: reference, nullable, anyOf } = schema;
  if (typeof reference === 'string') return instanceArbitrary(targetOf(root, reference), root, depth + 1);
  const union = Array.isArray(anyOf) ? (anyOf as unknown[]) : null;
  const own = union
    ? fc.oneof(...union.map((one) => instanceArbitrary(one, root, depth + 1)))
    : typedArbitrary(schema, root, depth);
  return nullable === true ? fc.oneof({ weight: 4, arbitrary: own }, fc.constant(null)) : own;
}

function typedArbitrary(schema: JsonRecord, root: unknown, depth: number): fc.Arbitrary<unknown> {
  if (Array.isArray(schema['enum'])) return fc.constantFrom(...(schema['enum'] as unknown[]));
  if (schema['const'] !== undefined) return fc.constant(schema['const']);
  const types = Array.isArray(schema['type']) ? (schema['type'] as unknown[]) : [schema['type']];
  return fc.oneof(...types.map((type) => ofType(type, schema, root, depth)));
}

function ofType(type: unknown, schema: JsonRecord, root: unknown, depth: number): fc.Arbitrary<unknown> {
  const bound = (key: string, otherwise: number): number =>
    typeof schema[key] === 'number' ? schema[key] : otherwise;
  switch (type) {
    case 'string':
      return fc.string({ minLength: bound('minLength', 0), maxLength: bound('maxLength', 8) });
    case 'integer':
    case 'number':
      return fc.integer({ min: bound('minimum', -50), max: bound('maximum', 50) });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array':
      return fc.array(instanceArbitrary(schema['items'], root, depth + 1), {
        minLength: bound('minItems', 0),
        maxLength: bound('maxItems', 3),
      });
    default:
      return objectArbitrary(schema, root, depth);
  }
}

function objectArbitrary(schema: JsonRecord, root: unknown, depth: number): fc.Arbitrary<unknown> {
  const properties = isRecord(schema['properties']) ? schema['properties'] : {};
  const required = Array.isArray(schema['required']) ? (schema['required'] as string[]) : [];
  const each = Object.fromEntries(
    Object.entries(properties).map(([name, one]) => [name, instanceArbitrary(one, root, depth + 1)]),
  );
  return fc.record(each, {
    requiredKeys: required.filter((name) => Object.hasOwn(each, name)),
    noNullPrototype: true,
  });
}

function targetOf(root: unknown, reference: string): unknown {
  let value = root;
  for (const step of reference.split('/').slice(1)) value = isRecord(value) ? value[step] : undefined;
  return value;
}

/** Schemas as clients write them, with definitions that refer to each other and to themselves. */
export function schemaArbitrary(): fc.Arbitrary<JsonRecord> {
  const names = fc.constantFrom('a', 'b', 'c');
  const { schema } = fc.letrec<{ schema: JsonRecord }>((tie) => ({
    schema: fc.oneof(
      { maxDepth: 4, depthIdentifier: 'schema' },
      leafArbitrary(),
      fc.constantFrom('#/$defs/a', '#/$defs/b').map(($ref): JsonRecord => ({ $ref })),
      fc
        .tuple(
          fc.dictionary(names, tie('schema'), { maxKeys: 3 }),
          fc.subarray(['a', 'b', 'c']),
          fc.boolean(),
        )
        .map(([properties, wanted, isClosed]): JsonRecord => ({
          type: 'object',
          properties,
          required: wanted.filter((name) => Object.hasOwn(properties, name)),
          ...(isClosed ? { additionalProperties: false } : {}),
        })),
      tie('schema').map((items): JsonRecord => ({ type: 'array', items })),
      fc.array(tie('schema'), { minLength: 1, maxLength: 3 }).map((anyOf): JsonRecord => ({ anyOf })),
      fc.tuple(tie('schema'), tie('schema')).map(([left, right]): JsonRecord => ({ allOf: [left, right] })),
    ),
  }));
  return fc.tuple(schema, schema, schema).map(([whole, a, b]): JsonRecord => ({
    type: 'object',
    properties: { whole },
    required: ['whole'],
    $defs: { a, b },
  }));
}

function leafArbitrary(): fc.Arbitrary<JsonRecord> {
  return fc.constantFrom<JsonRecord>(
    { type: 'string' },
    { type: 'string', minLength: 2, maxLength: 5 },
    { type: 'string', enum: ['x', 'y'] },
    { enum: ['x', null] },
    { const: 'x' },
    { enum: [1, 2] },
    { type: 'integer', minimum: 1, maximum: 9 },
    { type: 'number', description: 'How much' },
    { type: ['string', 'null'] },
    { type: ['integer', 'string'] },
    { type: 'boolean', default: true },
    { type: 'null' },
    { anyOf: [{ type: 'integer' }, { type: 'null' }], title: 'Age' },
    { oneOf: [{ type: 'boolean' }, { const: 'x' }] },
    { type: 'array', items: { type: 'integer' }, minItems: 1, maxItems: 2 },
  );
}
