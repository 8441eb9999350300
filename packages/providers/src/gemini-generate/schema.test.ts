import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Refusal } from '../refusal.js';
import { fitSchema } from './schema.js';

const fit = (schema: unknown) => fitSchema(schema, 'schema');

describe('a JSON schema for Gemini', () => {
  it.each([
    ['a reference', { $ref: '#/$defs/a', $defs: { a: { type: 'string' } } }, { type: 'string' }],
    [
      'a reference with a description beside it',
      { properties: { x: { $ref: '#/$defs/a', description: 'Mine' } }, $defs: { a: { type: 'integer' } } },
      { type: 'object', properties: { x: { type: 'integer', description: 'Mine' } } },
    ],
    [
      'what a library makes of an optional argument',
      { anyOf: [{ type: 'string' }, { type: 'null' }], default: null, title: 'A' },
      { type: 'string', nullable: true, default: null, title: 'A' },
    ],
    [
      'what is said beside a union',
      { type: ['string', 'integer', 'null'], description: 'Id' },
      {
        anyOf: [
          { description: 'Id', type: 'string', nullable: true },
          { description: 'Id', type: 'integer', nullable: true },
        ],
      },
    ],
    ['anything', { type: 'array', items: {} }, { type: 'array', items: { type: 'string' } }],
    ['an empty text in a list', { enum: ['', 'x'] }, { type: 'string', enum: ['x'] }],
    [
      'an object without properties',
      { properties: { a: { type: 'object', properties: {} } } },
      { type: 'object', properties: { a: { type: 'object' } } },
    ],
    ['a list of types', { type: ['string', 'null'] }, { type: 'string', nullable: true }],
    ['several types', { type: ['string', 'integer'] }, { anyOf: [{ type: 'string' }, { type: 'integer' }] }],
    [
      'a union with null',
      { anyOf: [{ type: 'integer' }, { type: 'null' }], description: 'Age' },
      { type: 'integer', nullable: true, description: 'Age' },
    ],
    [
      'one of several',
      { oneOf: [{ type: 'integer' }, { const: 'none' }] },
      { anyOf: [{ type: 'integer' }, { type: 'string', enum: ['none'] }] },
    ],
    [
      'all of several',
      {
        allOf: [
          { type: 'object', properties: { a: { type: 'string' } }, required: ['a'] },
          { properties: { b: { type: 'string' } }, required: ['b'] },
        ],
      },
      {
        type: 'object',
        properties: { a: { type: 'string' }, b: { type: 'string' } },
        required: ['a', 'b'],
      },
    ],
    ['a closed object', { type: 'object', additionalProperties: false }, { type: 'object' }],
    [
      'what is required and not declared',
      { type: 'object', properties: { a: { type: 'string' } }, required: ['a', 'b'] },
      { type: 'object', properties: { a: { type: 'string' } }, required: ['a'] },
    ],
    [
      'a property that is called like a keyword',
      { type: 'object', properties: { $ref: { type: 'string' }, const: { type: 'string' } } },
      { type: 'object', properties: { $ref: { type: 'string' }, const: { type: 'string' } } },
    ],
  ])('loses nothing of %s', (_, schema, expected) => {
    expect(fit(schema)).toEqual({ schema: expected, lost: [] });
  });

  it('takes arguments of one form or another for one object, and says so', () => {
    const one = { type: 'object', properties: { a: { type: 'string' } }, required: ['a'] };
    const other = { type: 'object', properties: { b: { type: 'string' } } };
    expect(fit({ type: 'object', anyOf: [one, other] })).toEqual({
      schema: { type: 'object', properties: { a: { type: 'string' }, b: { type: 'string' } } },
      lost: ['anyOf'],
    });
  });

  it('keeps what stands beside a union and says more than it', () => {
    const schema = { type: 'object', properties: { a: { type: 'string' } }, anyOf: [{ required: ['a'] }] };
    expect(fit({ type: 'object', properties: { x: schema } })).toMatchObject({
      schema: { properties: { x: { type: 'object', properties: { a: { type: 'string' } } } } },
      lost: ['anyOf'],
    });
  });

  it.each([
    [{ type: 'string', format: 'email' }, { type: 'string' }, ['format']],
    [{ type: 'integer', enum: [1, 2] }, { type: 'integer' }, ['enum']],
    [{ type: 'number', exclusiveMinimum: 0 }, { type: 'number' }, ['exclusiveMinimum']],
    [
      { type: 'object', additionalProperties: { type: 'string' } },
      { type: 'object' },
      ['additionalProperties'],
    ],
    [
      { type: 'array', prefixItems: [{ type: 'string' }, { type: 'integer' }] },
      { type: 'array', items: { anyOf: [{ type: 'string' }, { type: 'integer' }] } },
      ['prefixItems'],
    ],
    [
      { type: 'object', properties: { next: { $ref: '#' } } },
      {
        type: 'object',
        properties: {
          next: { type: 'object', properties: { next: { type: 'object' } } },
        },
      },
      ['$ref'],
    ],
    [{ $ref: 'https://example.test/schema' }, { type: 'object' }, ['$ref']],
  ])('says what is lost of %j', (schema, expected, lost) => {
    expect(fit(schema)).toEqual({ schema: expected, lost });
  });

  it('refuses one that grows or goes down without end, naming it', () => {
    const levels = Array.from({ length: 40 }, (_, i) => [
      `l${i}`,
      { type: 'object', properties: { a: { $ref: `#/$defs/l${i + 1}` }, b: { $ref: `#/$defs/l${i + 1}` } } },
    ]);
    let deep: Record<string, unknown> = {};
    for (let i = 0; i < 20_000; i += 1) deep = { items: deep };
    for (const schema of [
      { $ref: '#/$defs/l0', $defs: { ...Object.fromEntries(levels), l40: { type: 'string' } } },
      deep,
    ]) {
      expect(() => fit(schema)).toThrow(Refusal);
    }
  });

  it('never falls over what is no schema, and never changes it', () => {
    const keyword = fc.constantFrom(
      'type',
      '$ref',
      'anyOf',
      'allOf',
      'items',
      'enum',
      'properties',
      'required',
    );
    const odd = fc.dictionary(keyword, fc.oneof(fc.jsonValue(), fc.constantFrom('#', '#/properties/a')));
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), odd), (schema) => {
        const before = JSON.stringify(schema);
        try {
          fit(schema);
        } catch (error) {
          expect(error).toBeInstanceOf(Refusal);
        }
        expect(JSON.stringify(schema)).toBe(before);
      }),
      { numRuns: 200 },
    );
  });
});
