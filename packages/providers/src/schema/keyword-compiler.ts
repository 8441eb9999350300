import { isRecord, type JsonRecord } from '../loose-json.js';
import { ANNOTATIONS, type SchemaDialect } from './dialect.js';
import { define, listOf } from './members.js';
import { NOWHERE, type CompileWithin, type Place } from './place.js';
import type { SchemaCompletion } from './schema-completion.js';

export interface KeywordCompilerInput {
  readonly dialect: SchemaDialect;
  readonly lost: Set<string>;
  /** References are written out, so that definitions are not needed. */
  readonly isInline: boolean;
  readonly compile: CompileWithin;
  readonly completion: SchemaCompletion;
}

/** What becomes of each keyword of a schema. */
export class KeywordCompiler {
  private readonly dialect: SchemaDialect;
  private readonly lost: Set<string>;
  private readonly compile: CompileWithin;
  private readonly completion: SchemaCompletion;

  constructor(private readonly input: KeywordCompilerInput) {
    this.dialect = input.dialect;
    this.lost = input.lost;
    this.compile = input.compile;
    this.completion = input.completion;
  }

  /** The keywords of one schema, but for references and what depends on several of them. */
  compileKeywords(schema: JsonRecord, place: Place): JsonRecord {
    const written: JsonRecord = {};
    const leftOut: [string, unknown][] = [];
    const unions: [string, unknown][] = [];
    for (const [key, member] of Object.entries(schema)) {
      if (key === 'anyOf' || key === 'oneOf') unions.push([key, member]);
      else if (!this.compileKeyword(written, key, member, place)) leftOut.push([key, member]);
    }
    // Last, since what becomes of them depends on what stands beside them.
    for (const [key, member] of unions) this.writeUnion(written, key, member, place);
    if (schema['nullable'] === true && this.dialect.null === 'nullable') written['nullable'] = true;
    this.completion.leaveOut(written, leftOut);
    return written;
  }

  /** @returns false for a keyword that the dialect has not, and for which nothing can stand */
  compileKeyword(written: JsonRecord, key: string, member: unknown, place: Place): boolean {
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
        if (!this.input.isInline && isRecord(member) && place.depth <= 1)
          written[key] = this.compileEach(member, place);
        return true;
      case 'items':
        // A list of schemas is an older form of a tuple.
        if (Array.isArray(member)) return this.writeTuple(written, key, member, place);
        written[key] = this.compile(member, place) ?? this.completion.anything();
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
      written['anyOf'] = kept.map((one) => this.completion.complete({ type: one }, NOWHERE));
    else written['type'] = kept;
  }

  private writeTuple(written: JsonRecord, key: string, schemas: readonly unknown[], place: Place): boolean {
    const each = schemas.map((one) => this.compile(one, place) ?? this.completion.anything());
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
      ? (this.compile(member, place) ?? this.completion.anything())
      : member;
    return true;
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
  const { nullable, ...beside } = written;
  // What says nothing of values is no company: libraries put a default and a title beside every optional one.
  const isBare = Object.keys(beside).every((member) => member === 'description' || ANNOTATIONS.has(member));
  const mayBeNull = each.length < compiled.length || each.some((one) => one['nullable'] === true);
  // What stands beside it must hold too.
  if (mayBeNull && (isBare || nullable === true)) written['nullable'] = true;
  else if (!mayBeNull && written['type'] !== undefined) delete written['nullable'];
  if (isBare && each.length === 1) Object.assign(written, only, mayBeNull ? { nullable: true } : {}, beside);
  else written[key] = each;
}
