import { describe, expect, it } from '@jest/globals';
import { schemaLoop } from '@trunkline/contracts';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { compileOutputSchema } from '../claude/output-schema.js';
import { isRecord, type JsonRecord } from '../loose-json.js';
import { Refusal } from '../refusal.js';
import { fitSchema } from '../gemini-generate/schema.js';
import { OPENAI_STRICT } from '../openai-compatible/strict-schemas.js';
import { instanceArbitrary, schemaArbitrary } from '../testing/schema-instances.js';
import { compileSchema } from './compile-schema.js';
import { compileStrict } from './compile-strict.js';
import type { CompiledSchema, SchemaDialect } from './dialect.js';

const CEREBRAS_LIKE: SchemaDialect = { ...OPENAI_STRICT, typeLists: 'any-of' };

const ANYTHING: SchemaDialect = {};

const compilers: [string, (schema: unknown) => CompiledSchema | null][] = [
  ['Gemini', geminiOrNull],
  ['Claude', compileOutputSchema],
  ['OpenAI', (schema) => compileStrict(schema, OPENAI_STRICT)],
  ['one without lists of types', (schema) => compileStrict(schema, CEREBRAS_LIKE)],
  ['one that takes everything', (schema) => compileSchema(schema, ANYTHING)],
];

function geminiOrNull(schema: unknown): CompiledSchema | null {
  try {
    return fitSchema(schema, 'schema');
  } catch (thrown) {
    if (thrown instanceof Refusal) return null;
    throw thrown;
  }
}

/** Null where no value was looked for because the schema cannot be checked or met. */
function validatorOf(schema: JsonRecord): ((value: unknown) => boolean) | null {
  try {
    const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(schema);
    return (value) => validate(value);
  } catch {
    // A reference to a reference to itself.
    return null;
  }
}

function keywordsOf(schema: unknown): Set<string> {
  const found = new Set<string>();
  const walk = (value: unknown, isNames: boolean): void => {
    if (Array.isArray(value)) for (const one of value as unknown[]) walk(one, false);
    if (!isRecord(value)) return;
    for (const [key, member] of Object.entries(value)) {
      if (!isNames) found.add(key);
      if (key !== 'enum' && key !== 'const')
        walk(member, !isNames && (key === 'properties' || key === '$defs'));
    }
  };
  walk(schema, false);
  return found;
}

describe.each(compilers)('a schema compiled for %s', (name, compile) => {
  it('is met only by values that meet the client’s own, unless it says what was lost', () => {
    let checked = 0;
    fc.assert(
      fc.property(schemaArbitrary(), fc.infiniteStream(fc.nat()), (schema, seeds) => {
        const compiled = compile(schema);
        const validate = validatorOf(schema);
        // What refers to itself in place is refused before any provider is chosen.
        fc.pre(compiled !== null && validate !== null);
        fc.pre(compiled?.lost.length === 0 && schemaLoop(schema) === null);
        if (!compiled || !validate) return;
        const isMeant = validatorOf(compiled.schema);
        const values = instanceArbitrary(compiled.schema, compiled.schema);
        for (const value of fc.sample(values, { numRuns: 3, seed: Number(seeds.next().value) })) {
          // Keywords that contradict each other leave no value at all.
          if (!isMeant?.(value)) continue;
          checked += 1;
          if (!validate(value))
            throw new Error(`${JSON.stringify(compiled.schema)} lets ${JSON.stringify(value)}`);
        }
      }),
      // Of schemas that lose nothing; all others are skipped.
      { numRuns: 20 },
    );
    expect(checked).toBeGreaterThan(10);
  });

  it('stays as it is when it is compiled again', () => {
    fc.assert(
      fc.property(schemaArbitrary(), (schema) => {
        const once = compile(schema);
        // Schemas that contradict each other have no one form.
        if (!once || once.lost.includes('allOf')) return;
        const twice = compile(once.schema);
        expect(twice?.schema).toEqual(once.schema);
      }),
      { numRuns: 100 },
    );
  });

  it('is the same object for the same schema, and the client’s own is left alone', () => {
    fc.assert(
      fc.property(schemaArbitrary(), (schema) => {
        const before = JSON.stringify(schema);
        const compiled = compile(schema);
        expect(JSON.stringify(schema)).toBe(before);
        expect(compile(structuredClone(schema))).toBe(compiled);
      }),
      { numRuns: 50 },
    );
  });

  it('never falls over what is no schema', () => {
    const keyword = fc.constantFrom(
      ...['type', '$ref', 'anyOf', 'allOf', 'oneOf', 'items', 'prefixItems', 'enum', 'const', 'properties'],
      ...[
        'required',
        '$defs',
        'additionalProperties',
        'not',
        'format',
        'minItems',
        '__proto__',
        'description',
      ],
    );
    const { odd } = fc.letrec((tie) => ({
      odd: fc.dictionary(
        keyword,
        fc.oneof(fc.jsonValue(), fc.constantFrom('#', '#/properties/a', '#/$defs/%'), tie('odd')),
      ),
    }));
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), odd), (schema) => {
        compile(schema);
      }),
      { numRuns: 300 },
    );
  });

  it('has no keyword that the provider refuses', () => {
    const refused: Readonly<Record<string, readonly string[]>> = {
      Gemini: ['$ref', '$defs', 'allOf', 'oneOf', 'const', 'additionalProperties'],
      Claude: ['minimum', 'maximum', 'minLength', 'maxLength', 'maxItems', 'allOf', 'oneOf'],
      OpenAI: ['minLength', 'maxLength', 'allOf', 'oneOf', 'default'],
    };
    fc.assert(
      fc.property(schemaArbitrary(), (schema) => {
        const keywords = keywordsOf(compile(schema)?.schema);
        for (const keyword of refused[name] ?? []) expect(keywords).not.toContain(keyword);
      }),
      { numRuns: 200 },
    );
  });
});

describe('a schema held strictly at OpenAI', () => {
  const strict = (schema: unknown) => compileStrict(schema, OPENAI_STRICT);

  it('is the client’s own where that is one already', () => {
    const schema = {
      type: 'object',
      properties: {
        name: { type: 'string', description: 'Who' },
        tree: { $ref: '#/$defs/node' },
        age: { type: ['integer', 'null'], minimum: 0 },
      },
      required: ['name', 'tree', 'age'],
      additionalProperties: false,
      $defs: {
        node: {
          type: 'object',
          properties: { children: { type: 'array', items: { $ref: '#/$defs/node' } } },
          required: ['children'],
          additionalProperties: false,
        },
      },
    };
    expect(strict(schema)).toEqual({ schema, lost: [] });
  });

  it('is closed, and asks for what may be null', () => {
    expect(strict({ type: 'object', properties: { a: { type: ['string', 'null'] } } })).toEqual({
      schema: {
        type: 'object',
        properties: { a: { type: ['string', 'null'] } },
        additionalProperties: false,
        required: ['a'],
      },
      lost: [],
    });
  });

  it('lets what may be left out be null instead, and says so', () => {
    const properties = {
      a: { type: 'string', description: 'Name' },
      b: { enum: ['x'] },
      c: { anyOf: [{ type: 'string' }, { type: 'integer' }] },
    };
    expect(strict({ type: 'object', properties })).toEqual({
      schema: {
        type: 'object',
        properties: {
          a: { type: ['string', 'null'], description: 'Name' },
          b: { anyOf: [{ type: 'string', enum: ['x'] }, { type: 'null' }] },
          c: { anyOf: [{ type: 'string' }, { type: 'integer' }, { type: 'null' }] },
        },
        additionalProperties: false,
        required: ['a', 'b', 'c'],
      },
      lost: ['required'],
    });
  });

  it('tells the model in words what cannot be enforced', () => {
    const schema = {
      type: 'object',
      properties: { a: { type: 'string', minLength: 2, description: 'Code.', default: 'xx' } },
      required: ['a'],
    };
    expect(strict(schema)).toMatchObject({
      schema: { properties: { a: { type: 'string', description: 'Code. {minLength: 2}' } } },
      lost: ['minLength'],
    });
  });

  it('says itself what it is where it was a reference', () => {
    const node = { type: 'object', properties: {}, required: [], additionalProperties: false };
    expect(strict({ $ref: '#/$defs/a', $defs: { a: node } })).toMatchObject({
      schema: { type: 'object', $defs: { a: { type: 'object' } } },
      lost: [],
    });
  });

  it.each([
    ['a map', { type: 'object', additionalProperties: { type: 'string' } }],
    ['a union', { anyOf: [{ type: 'object', properties: {} }, { type: 'string' }] }],
    ['a list', { type: 'array', items: { type: 'string' } }],
    [
      'another’s schema',
      { type: 'object', properties: { a: { $ref: 'https://x.test/a' } }, required: ['a'] },
    ],
  ])('is none where it cannot say %s', (_, schema) => {
    expect(strict(schema)).toBeNull();
  });
});

describe('a schema that contains itself', () => {
  const tree = {
    $ref: '#/$defs/node',
    $defs: {
      node: {
        type: 'object',
        properties: {
          name: { type: 'string' },
          children: { type: 'array', items: { $ref: '#/$defs/node' } },
        },
        required: ['name'],
      },
    },
  };

  it('is written out a few levels deep for Claude, who takes no such schema', () => {
    const { schema, lost } = compileOutputSchema(tree) ?? { schema: {}, lost: [] };
    expect(lost).toEqual(['$ref']);
    expect(JSON.stringify(schema)).not.toContain('$ref');
    expect(JSON.stringify(schema).match(/"name"/g)?.length).toBeGreaterThan(3);
  });

  it('is left as it is where it may', () => {
    expect(compileSchema(tree, {})).toEqual({ schema: tree, lost: [] });
  });
});

describe('all schemas of an allOf', () => {
  const merge = (...allOf: unknown[]) => compileSchema({ allOf }, { allOf: 'merged' });

  it('become one that says the same', () => {
    expect(
      merge(
        { type: 'object', properties: { a: { type: 'number' } }, required: ['a'] },
        { properties: { a: { type: 'integer', minimum: 1 }, b: { type: 'string' } }, required: ['b'] },
      ),
    ).toEqual({
      schema: {
        type: 'object',
        properties: { a: { type: 'integer', minimum: 1 }, b: { type: 'string' } },
        required: ['a', 'b'],
      },
      lost: [],
    });
    expect(merge({ minimum: 1, maximum: 9 }, { minimum: 3, maximum: 20 })?.schema).toEqual({
      minimum: 3,
      maximum: 9,
    });
  });

  it('say so where one schema cannot say all of it', () => {
    expect(merge({ pattern: '^a' }, { pattern: 'b$' })?.lost).toEqual(['allOf']);
    expect(merge({ type: 'string' }, { type: 'integer' })?.lost).toEqual(['allOf']);
    const closed = { type: 'object', properties: { a: {} }, additionalProperties: false };
    expect(merge(closed, { properties: { b: {} } })?.lost).toEqual(['allOf']);
  });
});
