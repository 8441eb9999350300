import { isRecord, type JsonRecord } from '../loose-json.js';
import { ANNOTATIONS, type SchemaDialect } from './dialect.js';
import { mergeSchemas } from './merge-schemas.js';
import type { References } from './references.js';

/** References may repeat each other without end. */
const MOST_NODES = 10_000;
const MOST_LEVELS = 100;

/** Thrown and caught within this folder: a schema has no bound when it is written out. */
export class SchemaTooLarge extends Error {
  override name = 'SchemaTooLarge';
}

/** What is known on the way down. */
interface Place {
  readonly depth: number;
  /** References that are being written out. */
  readonly open: readonly string[];
}

/** Rewrites one schema. The client's own is not changed. */
export class SchemaCompiler {
  readonly lost = new Set<string>();
  private nodes = 0;
  private readonly isInline: boolean;

  /** @param unrolled how often a schema that contains itself is written out within itself */
  constructor(
    private readonly dialect: SchemaDialect,
    private readonly references: References,
    private readonly unrolled: number,
  ) {
    this.isInline =
      dialect.references === 'inline' || (dialect.references === 'acyclic' && references.hasCycle);
  }

  compileRoot(root: JsonRecord): JsonRecord {
    return this.compile(root, { depth: 0, open: ['#'] }) ?? this.anything();
  }

  /** @returns null where a schema that contains itself is cut off */
  private compile(value: unknown, place: Place): JsonRecord | null {
    this.nodes += 1;
    if (this.nodes > MOST_NODES || place.depth > MOST_LEVELS) throw new SchemaTooLarge();
    if (value === false) this.lost.add('false');
    if (!isRecord(value)) return this.complete({}, place);
    const inner = { ...place, depth: place.depth + 1 };
    if (typeof value['$ref'] === 'string') return this.compileReference(value['$ref'], value, inner);
    if (this.dialect.allOf === 'merged' && Array.isArray(value['allOf']))
      return this.compileAll(value, value['allOf'] as unknown[], inner);
    const written: JsonRecord = {};
    const told: string[] = [];
    const unions: [string, unknown][] = [];
    for (const [key, member] of Object.entries(value)) {
      if (key === 'anyOf' || key === 'oneOf') unions.push([key, member]);
      else if (!this.compileKeyword(written, key, member, inner)) this.leaveOut(key, member, told);
    }
    // Last, since what becomes of them depends on what stands beside them.
    for (const [key, member] of unions) this.writeUnion(written, key, member, inner);
    if (value['nullable'] === true && this.dialect.null === 'nullable') written['nullable'] = true;
    if (told.length > 0) describe(written, told);
    return this.complete(written, inner);
  }

  private compileReference(reference: string, value: JsonRecord, place: Place): JsonRecord | null {
    const { $ref: _reference, ...beside } = value;
    const target = this.references.target(reference);
    if (target === null) {
      this.lost.add('$ref');
      const isBare = Object.keys(beside).every((key) => key === 'description');
      return isBare && this.dialect.takes ? { ...this.anything(), ...beside } : this.compile(beside, place);
    }
    const says = Object.keys(beside).filter((key) => key !== 'description' && !ANNOTATIONS.has(key));
    const constrains = says.some((key) => key !== '$defs' && key !== 'definitions');
    const canStay = !this.isInline && this.references.isStable(reference) && !constrains;
    if (canStay) return this.keepReference(reference, beside, place);
    const times = place.open.filter((one) => one === reference).length;
    if (times > this.unrolled) {
      this.lost.add('$ref');
      return null;
    }
    const inner = { ...place, open: [...place.open, reference] };
    const whole = constrains ? mergeSchemas(beside, target, this.lost) : target;
    const compiled = this.compile(whole, inner);
    const { description } = beside;
    return compiled && typeof description === 'string' ? { ...compiled, description } : compiled;
  }

  private keepReference(reference: string, beside: JsonRecord, place: Place): JsonRecord {
    const kept: JsonRecord = { $ref: reference };
    for (const key of ['$defs', 'definitions']) {
      // The outermost schema may be a reference into its own definitions.
      if (isRecord(beside[key])) this.compileKeyword(kept, key, beside[key], place);
    }
    const { description } = beside;
    if (typeof description === 'string' && this.dialect.besideReference !== false)
      kept['description'] = description;
    return kept;
  }

  /** What must fit all of them as one schema. References in it hold in place, so that none may lead to itself. */
  private compileAll(
    { allOf: _all, ...schema }: JsonRecord,
    all: readonly unknown[],
    place: Place,
  ): JsonRecord | null {
    let merged: JsonRecord = schema;
    const open = [...place.open];
    for (const one of all) {
      let part = isRecord(one) ? one : {};
      if (typeof part['$ref'] === 'string') {
        const { $ref: reference, ...beside } = part;
        const target = open.includes(reference) ? null : this.references.target(reference);
        if (target === null || typeof target['$ref'] === 'string') {
          this.lost.add('allOf');
          continue;
        }
        open.push(reference);
        part = Object.keys(beside).length > 0 ? mergeSchemas(beside, target, this.lost) : target;
      }
      merged = mergeSchemas(merged, part, this.lost);
    }
    return this.compile(merged, { ...place, open });
  }

  /** @returns false for a keyword that the dialect has not, and for which nothing can stand */
  private compileKeyword(written: JsonRecord, key: string, member: unknown, place: Place): boolean {
    const { dialect } = this;
    switch (key) {
      case 'type':
        this.writeTypes(written, member);
        return true;
      case 'properties':
        this.writeProperties(written, member, place);
        return true;
      case '$defs':
      case 'definitions':
        if (!this.isInline && isRecord(member) && place.depth <= 1)
          written[key] = this.compileEach(member, place);
        return true;
      case 'items':
        // A list of schemas is an older form of a tuple.
        if (Array.isArray(member)) return this.writeTuple(written, key, member, place);
        written[key] = this.compile(member, place) ?? this.anything();
        return true;
      case 'prefixItems':
        return this.writeTuple(written, key, Array.isArray(member) ? member : [], place);
      case 'allOf':
        written[key] = listOf(member).map((one) => this.compile(one, place) ?? {});
        return true;
      case 'const':
        if (dialect.const === 'enum') return this.writeEnum(written, [member]);
        written[key] = member;
        return true;
      case 'enum':
        return this.writeEnum(written, listOf(member));
      case 'additionalProperties':
        return this.writeAdditional(written, member, place);
      case 'minItems':
        if (typeof member !== 'number' || member > (dialect.mostMinItems ?? Infinity)) return false;
        break;
      default:
    }
    if (!this.takesKeyword(key)) return false;
    written[key] = this.compileMember(key, member, place);
    return true;
  }

  private takesKeyword(key: string): boolean {
    const { takes, refuses } = this.dialect;
    // As a member it would be the prototype.
    if (key === '__proto__') return false;
    return takes ? takes.has(key) : !refuses?.has(key);
  }

  /** Keywords with schemas below them that have no rule of their own. */
  private compileMember(key: string, member: unknown, place: Place): unknown {
    switch (key) {
      case 'patternProperties':
      case 'dependentSchemas':
        return isRecord(member) ? this.compileEach(member, place) : member;
      case 'not':
      case 'if':
      case 'then':
      case 'else':
      case 'contains':
      case 'propertyNames':
      case 'unevaluatedItems':
      case 'unevaluatedProperties':
        return isRecord(member) ? (this.compile(member, place) ?? {}) : member;
      default:
        return member;
    }
  }

  private leaveOut(key: string, member: unknown, told: string[]): void {
    if (ANNOTATIONS.has(key)) return;
    this.lost.add(key);
    if (this.dialect.untold === 'described') told.push(`${key}: ${JSON.stringify(member)}`);
  }

  /** What was cut off is left out: it could not be filled in. */
  private compileEach(schemas: JsonRecord, place: Place): JsonRecord {
    const written: JsonRecord = {};
    for (const [name, schema] of Object.entries(schemas)) {
      const compiled = this.compile(schema, place);
      if (compiled !== null) define(written, name, compiled);
    }
    return written;
  }

  private writeProperties(written: JsonRecord, member: unknown, place: Place): void {
    if (!isRecord(member)) return;
    const properties = this.compileEach(member, place);
    // An object whose properties were all cut off says nothing of them; an empty list would say that it has none.
    if (Object.keys(properties).length > 0 || Object.keys(member).length === 0)
      written['properties'] = properties;
  }

  private writeTypes(written: JsonRecord, type: unknown): void {
    const types = Array.isArray(type) ? (type as unknown[]) : [type];
    const others = types.filter((one) => one !== 'null');
    if (this.dialect.null === 'nullable' && others.length < types.length && others.length > 0)
      written['nullable'] = true;
    const kept = this.dialect.null === 'nullable' ? others : types;
    if (kept.length <= 1) written['type'] = kept[0] ?? 'null';
    else if (this.dialect.typeLists === 'any-of')
      written['anyOf'] = kept.map((one) => this.complete({ type: one }, { depth: 0, open: [] }));
    else written['type'] = kept;
  }

  private writeTuple(written: JsonRecord, key: string, schemas: readonly unknown[], place: Place): boolean {
    const each = schemas.map((one) => this.compile(one, place) ?? this.anything());
    if (this.dialect.tuples !== 'any-item') {
      written[key] = each;
      return this.takesKeyword('prefixItems') || this.takesKeyword(key);
    }
    this.lost.add('prefixItems');
    if (each.length > 0) written['items'] = each.length === 1 ? each[0] : { anyOf: each };
    return true;
  }

  private writeUnion(written: JsonRecord, keyword: string, member: unknown, place: Place): void {
    const key = keyword === 'oneOf' && this.dialect.oneOf === 'any-of' ? 'anyOf' : keyword;
    const compiled = listOf(member)
      .map((one) => this.compile(one, place))
      .filter((one) => one !== null);
    if (compiled.length === 0) return;
    if (written[key] !== undefined) this.lost.add(keyword);
    else if (this.dialect.null === 'nullable') writeNullableUnion(written, key, compiled);
    else written[key] = compiled;
  }

  private writeEnum(written: JsonRecord, values: readonly unknown[]): boolean {
    const isNullable = this.dialect.null === 'nullable';
    const others = isNullable ? values.filter((one) => one !== null) : values;
    if (others.length < values.length) written['nullable'] = true;
    if (this.dialect.enums !== 'strings') {
      if (others.length > 0) written['enum'] = others;
      return true;
    }
    if (others.every((one) => typeof one === 'string') && others.length > 0) {
      written['type'] ??= 'string';
      written['enum'] = others;
      return true;
    }
    const kinds = new Set(others.map((one) => typeof one));
    const [kind] = kinds;
    if (kinds.size === 1 && (kind === 'number' || kind === 'boolean')) written['type'] ??= kind;
    return others.length === 0;
  }

  private writeAdditional(written: JsonRecord, member: unknown, place: Place): boolean {
    if (this.dialect.closed || !this.takesKeyword('additionalProperties')) {
      if (this.dialect.closed) written['additionalProperties'] = false;
      return member === false || member === undefined;
    }
    written['additionalProperties'] = isRecord(member)
      ? (this.compile(member, place) ?? this.anything())
      : member;
    return true;
  }

  /** What depends on several keywords. */
  private complete(written: JsonRecord, place: Place): JsonRecord {
    const { dialect } = this;
    const { type, format, required, properties, enum: values } = written;
    const isObject = type === 'object' || (Array.isArray(type) && type.includes('object'));
    if (type === undefined && isRecord(properties)) written['type'] = 'object';
    if (format !== undefined && dialect.formats && type !== 'number' && type !== 'integer') {
      if (typeof format !== 'string' || !dialect.formats.has(format)) {
        delete written['format'];
        const told: string[] = [];
        this.leaveOut('format', format, told);
        if (told.length > 0) describe(written, told);
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

  private anything(): JsonRecord {
    return this.complete({ type: 'object' }, { depth: 0, open: [] });
  }
}

/** A union of which null is a keyword and no member. */
function writeNullableUnion(written: JsonRecord, key: string, compiled: readonly JsonRecord[]): void {
  const each = compiled.filter(({ type }) => type !== 'null');
  const [only] = each;
  if (only === undefined) {
    written['type'] ??= 'null';
    return;
  }
  const { description, title, nullable, ...beside } = written;
  const isBare = Object.keys(beside).length === 0;
  const mayBeNull = each.length < compiled.length || each.some((one) => one['nullable'] === true);
  // What stands beside it must hold too.
  if (mayBeNull && (isBare || nullable === true)) written['nullable'] = true;
  else if (!mayBeNull && written['type'] !== undefined) delete written['nullable'];
  if (isBare && each.length === 1)
    Object.assign(written, only, mayBeNull ? { nullable: true } : {}, {
      ...(title === undefined ? {} : { title }),
      ...(description === undefined ? {} : { description }),
    });
  else written[key] = each;
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

/** A property of any name, `__proto__` too. */
function define(target: JsonRecord, name: string, value: unknown): void {
  Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true });
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [];
}
