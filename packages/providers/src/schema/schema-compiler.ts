import { isRecord, type JsonRecord } from '../loose-json.js';
import { ANNOTATIONS, type SchemaDialect } from './dialect.js';
import { KeywordCompiler } from './keyword-compiler.js';
import { mergeSchemas } from './merge-schemas.js';
import type { Place } from './place.js';
import type { References } from './references.js';
import { SchemaCompletion } from './schema-completion.js';

/** References may repeat each other without end. */
const MOST_NODES = 10_000;
const MOST_LEVELS = 100;

/** Thrown and caught within this folder: a schema has no bound when it is written out. */
export class SchemaTooLarge extends Error {
  override name = 'SchemaTooLarge';
}

/** Walks one schema and writes it anew: its references here, its keywords elsewhere. The client's own is not changed. */
export class SchemaCompiler {
  readonly lost = new Set<string>();
  private nodes = 0;
  private readonly isInline: boolean;
  private readonly completion: SchemaCompletion;
  private readonly keywords: KeywordCompiler;

  /** @param unrolled how often a schema that contains itself is written out within itself */
  constructor(
    private readonly dialect: SchemaDialect,
    private readonly references: References,
    private readonly unrolled: number,
  ) {
    this.isInline =
      dialect.references === 'inline' || (dialect.references === 'acyclic' && references.hasCycle);
    const { lost, isInline } = this;
    const compile = this.compile.bind(this);
    const completion = new SchemaCompletion(dialect, lost, compile);
    this.completion = completion;
    this.keywords = new KeywordCompiler({ dialect, lost, isInline, compile, completion });
  }

  compileRoot(root: JsonRecord): JsonRecord {
    return this.compile(root, { depth: 0, open: ['#'] }) ?? this.completion.anything();
  }

  /** @returns null where a schema that contains itself is cut off */
  private compile(value: unknown, place: Place): JsonRecord | null {
    this.nodes += 1;
    if (this.nodes > MOST_NODES || place.depth > MOST_LEVELS) throw new SchemaTooLarge();
    if (value === false) this.lost.add('false');
    if (!isRecord(value)) return this.completion.complete({}, place);
    const inner = { ...place, depth: place.depth + 1 };
    if (typeof value['$ref'] === 'string') return this.compileReference(value['$ref'], value, inner);
    if (this.dialect.allOf === 'merged' && Array.isArray(value['allOf']))
      return this.compileAll(value, value['allOf'] as unknown[], inner);
    return this.completion.complete(this.keywords.compileKeywords(value, inner), inner);
  }

  private compileReference(reference: string, value: JsonRecord, place: Place): JsonRecord | null {
    const { $ref: _reference, ...beside } = value;
    const target = this.references.target(reference);
    if (target === null) {
      this.lost.add('$ref');
      const isBare = Object.keys(beside).every((key) => key === 'description');
      return isBare && this.dialect.takes
        ? { ...this.completion.anything(), ...beside }
        : this.compile(beside, place);
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
      if (isRecord(beside[key])) this.keywords.compileKeyword(kept, key, beside[key], place);
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
}
