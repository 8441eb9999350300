import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { z } from 'zod';
import { promptFacts } from './prompt-facts.js';
import { schemaInstance } from './schema-instance.js';
import { seededRandom } from './seeded-random.js';

const make = (schema: unknown, prompt = 'Tell me something', seed = 'x'): unknown =>
  schemaInstance(schema, promptFacts(prompt), seededRandom(seed));

const check = (schema: unknown, instance: unknown): void => {
  z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0]).parse(instance);
};

const leaf = fc.oneof(
  fc.record({
    type: fc.constant('string'),
    minLength: fc.nat(20),
    maxLength: fc.integer({ min: 20, max: 60 }),
  }),
  fc.record({
    type: fc.constant('string'),
    format: fc.constantFrom('date-time', 'date', 'email', 'uuid', 'ipv4', 'uri'),
  }),
  fc.record({
    type: fc.constant('string'),
    enum: fc.uniqueArray(fc.string(), { minLength: 1, maxLength: 4 }),
  }),
  fc.record({
    type: fc.constant('string'),
    pattern: fc.constantFrom(
      '^[A-Z]{3}-\\d{4}$',
      '^(red|green)$',
      '^\\+?[0-9]{7,12}$',
      '^[a-z0-9_]+\\.(png|jpe?g)$',
    ),
  }),
  fc.record({
    type: fc.constant('integer'),
    minimum: fc.integer({ min: -50, max: 50 }),
    maximum: fc.integer({ min: 50, max: 500 }),
  }),
  fc.record({
    type: fc.constant('number'),
    minimum: fc.integer({ min: -5, max: 5 }),
    exclusiveMaximum: fc.integer({ min: 6, max: 9 }),
  }),
  fc.record({
    type: fc.constant('integer'),
    multipleOf: fc.integer({ min: 1, max: 9 }),
    minimum: fc.constant(3),
    maximum: fc.constant(100),
  }),
  fc.record({ type: fc.constantFrom('boolean', 'null') }),
  fc.record({ const: fc.oneof(fc.string(), fc.integer(), fc.boolean()) }),
);

const schemas = fc.letrec<{ any: object }>((tie) => ({
  any: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc.record({
      type: fc.constant('array'),
      items: tie('any'),
      minItems: fc.nat(3),
      maxItems: fc.integer({ min: 3, max: 5 }),
    }),
    fc.record({ anyOf: fc.array(tie('any'), { minLength: 1, maxLength: 3 }) }),
    fc
      .dictionary(fc.stringMatching(/^[a-z]{1,8}$/u), tie('any'), { minKeys: 1, maxKeys: 4 })
      .map((properties) => ({
        type: 'object',
        properties,
        required: Object.keys(properties),
        additionalProperties: false,
      })),
  ),
})).any;

describe('schemaInstance', () => {
  it('satisfies any schema of structured outputs', () => {
    fc.assert(
      fc.property(schemas, fc.string(), (schema, seed) =>
        check(schema, make(schema, `Say "${seed}" 17 times for Ada Lovelace`, seed)),
      ),
      { numRuns: 300 },
    );
  });

  it('follows references and ends a schema that contains itself', () => {
    const schema = {
      $defs: {
        node: {
          type: 'object',
          properties: {
            name: { type: 'string' },
            children: { type: 'array', items: { $ref: '#/$defs/node' } },
            next: { anyOf: [{ $ref: '#/$defs/node' }, { type: 'null' }] },
          },
          required: ['name', 'children', 'next'],
          additionalProperties: false,
        },
      },
      $ref: '#/$defs/node',
    };
    check(schema, make(schema));
    expect(() => make({ $ref: '#' })).not.toThrow();
  });

  it('takes names, numbers and enums from the prompt', () => {
    const schema = {
      type: 'object',
      properties: {
        city: { type: 'string' },
        unit: { enum: ['celsius', 'fahrenheit'] },
        a: { type: 'integer' },
        b: { type: 'integer' },
        tone: { type: 'string' },
      },
    };
    const prompt = 'Weather for New York in fahrenheit; add 2 and 3. tone: cheerful';
    expect(make(schema, prompt)).toEqual({
      city: 'New York',
      unit: 'fahrenheit',
      a: 2,
      b: 3,
      tone: 'cheerful',
    });
  });

  it('takes any JSON for a schema', () => {
    for (const schema of [
      true,
      null,
      [],
      'x',
      { type: 'strange' },
      { required: ['a'] },
      { enum: [] },
      { pattern: '(', type: 'string' },
    ]) {
      expect(() => JSON.stringify(make(schema))).not.toThrow();
    }
  });
});
