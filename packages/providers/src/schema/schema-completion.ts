import { isRecord, type JsonRecord } from '../loose-json.js';
import { ANNOTATIONS, type SchemaDialect } from './dialect.js';
import { define, listOf } from './members.js';
import { NOWHERE, type CompileWithin, type Place } from './place.js';

/** What of a schema depends on several of its keywords: done when all of them are written. */
export class SchemaCompletion {
  constructor(
    private readonly dialect: SchemaDialect,
    private readonly lost: Set<string>,
    private readonly compile: CompileWithin,
  ) {}

  complete(written: JsonRecord, place: Place): JsonRecord {
    const { dialect } = this;
    const { type, format, required, properties, enum: values } = written;
    const isObject = type === 'object' || (Array.isArray(type) && type.includes('object'));
    if (type === undefined && isRecord(properties)) written['type'] = 'object';
    if (dialect.typed && written['type'] === undefined) typeByValues(written);
    if (format !== undefined && dialect.formats && type !== 'number' && type !== 'integer') {
      if (typeof format !== 'string' || !dialect.formats.has(format)) {
        delete written['format'];
        this.leaveOut(written, [['format', format]]);
      }
    }
    if (dialect.enums === 'strings' && values !== undefined && written['type'] !== 'string') {
      delete written['enum'];
      this.lost.add('enum');
    }
    if (dialect.anyItem && type === 'array' && written['items'] === undefined)
      written['items'] = this.compile(dialect.anyItem, place);
    if (required !== undefined) writeRequired(written, required, properties);
    if (!isObject && !isRecord(properties)) return written;
    if (dialect.closed) written['additionalProperties'] = false;
    if (dialect.allRequired) this.requireAll(written);
    return written;
  }

  /** Keywords that the dialect has not: those that constrain are lost, and told to the model where it is to read them. */
  leaveOut(written: JsonRecord, keywords: readonly (readonly [string, unknown])[]): void {
    const told: string[] = [];
    for (const [key, member] of keywords) {
      if (ANNOTATIONS.has(key)) continue;
      this.lost.add(key);
      if (this.dialect.untold === 'described') told.push(`${key}: ${JSON.stringify(member)}`);
    }
    if (told.length > 0) describe(written, told);
  }

  /** An object that may have anything in it. */
  anything(): JsonRecord {
    return this.complete({ type: 'object' }, NOWHERE);
  }

  private requireAll(written: JsonRecord): void {
    const properties = isRecord(written['properties']) ? written['properties'] : {};
    const required = new Set(listOf(written['required']));
    for (const [name, schema] of Object.entries(properties)) {
      if (required.has(name) || allowsNull(schema)) continue;
      this.lost.add('required');
      define(properties, name, this.orNull(schema));
    }
    written['properties'] = properties;
    if (required.size < Object.keys(properties).length || written['required'] === undefined)
      written['required'] = Object.keys(properties);
  }

  /** The same or null. */
  private orNull(schema: unknown): JsonRecord {
    const own = isRecord(schema) ? schema : {};
    const { type, anyOf, description, ...rest } = own;
    const isPlain = typeof type === 'string' && rest['enum'] === undefined && rest['const'] === undefined;
    if (isPlain && anyOf === undefined && this.dialect.typeLists !== 'any-of')
      return { ...own, type: [type, 'null'] };
    const isUnion = Array.isArray(anyOf) && type === undefined && Object.keys(rest).length === 0;
    const members: unknown[] = isUnion ? anyOf : [{ ...own, description: undefined }].map(withoutUndefined);
    return {
      ...(description === undefined ? {} : { description }),
      anyOf: [...members, { type: 'null' }],
    };
  }
}

/** The type of values that are listed, where all have the same. */
function typeByValues(written: JsonRecord): void {
  const values = 'const' in written ? [written['const']] : listOf(written['enum']);
  const types = new Set(values.map((value) => (value === null ? 'null' : typeof value)));
  const [only] = types;
  if (types.size === 1 && only !== undefined && only !== 'object') written['type'] = only;
}

/** Constraints that the provider does not enforce, for the model to read. */
function describe(written: JsonRecord, told: readonly string[]): void {
  const { description } = written;
  const text = `{${told.join(', ')}}`;
  written['description'] = typeof description === 'string' ? `${description} ${text}` : text;
}

/** A name that is required and not declared can be nowhere filled in. */
function writeRequired(written: JsonRecord, required: unknown, properties: unknown): void {
  const known = listOf(required).filter(
    (name) => typeof name === 'string' && isRecord(properties) && Object.hasOwn(properties, name),
  );
  if (known.length > 0) written['required'] = [...new Set(known)];
  else delete written['required'];
}

function withoutUndefined(schema: JsonRecord): JsonRecord {
  return Object.fromEntries(Object.entries(schema).filter(([, value]) => value !== undefined));
}

function allowsNull(schema: unknown): boolean {
  if (!isRecord(schema)) return true;
  const { type, enum: values, anyOf } = schema;
  if (Object.keys(schema).every((key) => key === 'description' || ANNOTATIONS.has(key))) return true;
  if (Array.isArray(anyOf)) return (anyOf as unknown[]).some(allowsNull);
  if (Array.isArray(values)) return values.includes(null);
  return type === 'null' || (Array.isArray(type) && type.includes('null'));
}
