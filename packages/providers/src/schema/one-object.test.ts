import { describe, expect, it } from '@jest/globals';
import { oneObject } from './one-object.js';

const text = { type: 'string' };
const count = { type: 'integer' };

describe('the arguments of a tool as one object', () => {
  it.each([
    [null, { type: 'object', properties: {} }],
    [
      { required: null, properties: null, anyOf: null },
      { type: 'object', properties: {} },
    ],
    [
      { type: 'object', properties: { a: text }, required: ['a'], additionalProperties: false },
      { type: 'object', properties: { a: text }, required: ['a'], additionalProperties: false },
    ],
    [
      { $ref: '#/$defs/R', $defs: { R: { type: 'object', properties: { a: text }, required: ['a'] } } },
      {
        $defs: { R: { type: 'object', properties: { a: text }, required: ['a'] } },
        type: 'object',
        properties: { a: text },
        required: ['a'],
      },
    ],
    [
      {
        allOf: [
          { properties: { a: text }, required: ['a'] },
          { properties: { b: count }, required: ['b'] },
        ],
      },
      { type: 'object', properties: { a: text, b: count }, required: ['a', 'b'] },
    ],
  ])('loses nothing of %j', (schema, expected) => {
    expect(oneObject(schema)).toEqual({ schema: expected, lost: [] });
  });

  it('has the properties of every form, and requires what all of them do', () => {
    const schema = {
      description: 'Either',
      properties: { id: count },
      oneOf: [
        { type: 'object', properties: { kind: { const: 'a' }, a: text }, required: ['kind', 'a'] },
        { type: 'object', properties: { kind: { const: 'b' }, a: count }, required: ['kind'] },
        { required: ['kind', 'id'] },
      ],
    };
    expect(oneObject(schema)).toEqual({
      schema: {
        description: 'Either',
        type: 'object',
        properties: {
          id: count,
          kind: { anyOf: [{ const: 'a' }, { const: 'b' }] },
          a: { anyOf: [text, count] },
        },
        required: ['kind'],
      },
      lost: ['oneOf'],
    });
  });

  it('ends where a schema refers to itself', () => {
    expect(oneObject({ $ref: '#' })).toEqual({ schema: { type: 'object', properties: {} }, lost: [] });
    expect(oneObject({ anyOf: [{ $ref: '#' }, { properties: { a: text } }] }).schema).toEqual({
      type: 'object',
      properties: { a: text },
    });
  });

  it('reads what is referred to again and again once', () => {
    const several = (name: string) => Array.from({ length: 50 }, () => ({ $ref: `#/$defs/${name}` }));
    const $defs = {
      b: { anyOf: several('c') },
      c: { anyOf: several('d') },
      d: { properties: { a: text }, required: ['a'] },
    };
    const { schema } = oneObject({ anyOf: several('b'), $defs });
    expect(schema).toEqual({ $defs, type: 'object', properties: { a: text }, required: ['a'] });
  });
});
