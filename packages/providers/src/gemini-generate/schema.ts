import { isRecord, type JsonRecord } from '../loose-json.js';
import { Refusal } from './refusal.js';

/** Gemini's subset of OpenAPI. https://ai.google.dev/api/caching#Schema */
const KEYWORDS = new Set([
  ...[
    'type',
    'format',
    'title',
    'description',
    'nullable',
    'enum',
    'maxItems',
    'minItems',
    'minimum',
    'maximum',
  ],
  ...[
    'required',
    'minProperties',
    'maxProperties',
    'minLength',
    'maxLength',
    'pattern',
    'example',
    'default',
  ],
]);
/** Without a meaning of their own, or what Gemini does anyway: it writes declared properties alone. */
const SILENT = new Set(['$schema', '$id', '$comment', '$defs', 'definitions', 'examples', 'strict']);
const STRING_FORMATS = new Set(['enum', 'date-time']);
/** References may repeat each other without end. */
const MOST_NODES = 10_000;
const MOST_LEVELS = 100;

export interface FittedSchema {
  schema: JsonRecord;
  /** Keywords that were left out or weakened. */
  lost: string[];
}

/**
 * A JSON schema as Gemini takes it: references are written out, unions become `anyOf`, `null` becomes `nullable`, and
 * keywords outside the subset are left out. The client's schema is not changed.
 * @param path of the schema, for the refusal
 * @throws Refusal for a schema that grows beyond all bounds when its references are written out
 */
export function fitSchema(schema: unknown, path: string): FittedSchema {
  const fitter = new SchemaFitter(isRecord(schema) ? schema : {}, path);
  return { schema: fitter.fit(schema, []), lost: [...fitter.lost] };
}

class SchemaFitter {
  readonly lost = new Set<string>();
  private nodes = 0;
  private depth = 0;

  constructor(
    private readonly root: JsonRecord,
    private readonly path: string,
  ) {}

  /** @param open references that are being written out */
  fit(value: unknown, open: readonly string[]): JsonRecord {
    this.count();
    if (this.depth >= MOST_LEVELS)
      throw new Refusal(this.path, 'The schema is nested too deeply for this provider.');
    this.depth += 1;
    const fitted = this.fitOne(value, open);
    this.depth -= 1;
    return fitted;
  }

  private count(): void {
    this.nodes += 1;
    if (this.nodes > MOST_NODES) throw new Refusal(this.path, 'The schema is too large for this provider.');
  }

  private fitOne(value: unknown, open: readonly string[]): JsonRecord {
    if (!isRecord(value)) return {};
    const { $ref: ref } = value;
    if (typeof ref === 'string') return this.fitReference(ref, value, open);
    if (Array.isArray(value['allOf']))
      return this.fit(this.merge(value, value['allOf'] as unknown[], open), open);
    const written: JsonRecord = {};
    for (const [key, member] of Object.entries(value)) this.fitKeyword(written, key, member, open);
    return this.complete(written);
  }

  private fitReference(
    ref: string,
    { $ref: _ref, ...beside }: JsonRecord,
    open: readonly string[],
  ): JsonRecord {
    const target = open.includes(ref) ? null : this.resolve(ref);
    if (target === null) {
      this.lost.add('$ref');
      return this.complete({ type: 'object', ...this.descriptionOf(beside) });
    }
    return { ...this.fit(target, [...open, ref]), ...this.descriptionOf(beside) };
  }

  private descriptionOf({ description }: JsonRecord): JsonRecord {
    return typeof description === 'string' ? { description } : {};
  }

  private resolve(ref: string): JsonRecord | null {
    if (!ref.startsWith('#')) return null;
    let at: unknown = this.root;
    for (const step of ref.split('/').slice(1)) {
      const key = decodeStep(step);
      at =
        (isRecord(at) || Array.isArray(at)) && Object.hasOwn(at, key) ? (at as JsonRecord)[key] : undefined;
    }
    return isRecord(at) ? at : null;
  }

  /** All of them hold: their properties are one object's. */
  private merge(
    { allOf: _all, ...schema }: JsonRecord,
    all: readonly unknown[],
    open: readonly string[],
  ): JsonRecord {
    const merged: JsonRecord = { ...schema };
    for (const one of all) {
      const ref =
        isRecord(one) && typeof one['$ref'] === 'string' && !open.includes(one['$ref']) ? one['$ref'] : null;
      const part = ref === null ? one : this.resolve(ref);
      if (!isRecord(part) || (ref === null && part['$ref'] !== undefined)) {
        this.lost.add('allOf');
        continue;
      }
      const { properties, required, ...rest } = part;
      if (isRecord(properties))
        merged['properties'] = { ...(merged['properties'] as JsonRecord), ...properties };
      if (Array.isArray(required))
        merged['required'] = [
          ...((merged['required'] as unknown[] | undefined) ?? []),
          ...(required as unknown[]),
        ];
      for (const [key, member] of Object.entries(rest)) merged[key] ??= member;
      this.count();
    }
    return merged;
  }

  private fitKeyword(written: JsonRecord, key: string, member: unknown, open: readonly string[]): void {
    switch (key) {
      case 'type':
        return this.fitType(written, member);
      case 'properties':
        if (isRecord(member)) written[key] = this.fitEach(member, open);
        return;
      case 'items':
        // A list of schemas is an older form of a tuple.
        if (Array.isArray(member)) return this.fitTuple(written, member, open);
        written[key] = this.fit(member, open);
        return;
      case 'prefixItems':
        return this.fitTuple(written, Array.isArray(member) ? member : [], open);
      case 'anyOf':
      case 'oneOf':
        return this.fitUnion(written, Array.isArray(member) ? member : [], open);
      case 'const':
        return this.fitEnum(written, [member]);
      case 'enum':
        return this.fitEnum(written, Array.isArray(member) ? member : []);
      case 'format':
        written[key] = member;
        return;
      case 'additionalProperties':
        if (member !== false && member !== undefined) this.lost.add(key);
        return;
      default:
        if (KEYWORDS.has(key)) written[key] = member;
        else if (!SILENT.has(key)) this.lost.add(key);
    }
  }

  private fitEach(schemas: JsonRecord, open: readonly string[]): JsonRecord {
    return Object.fromEntries(
      Object.entries(schemas).map(([name, schema]) => [name, this.fit(schema, open)]),
    );
  }

  private fitType(written: JsonRecord, type: unknown): void {
    const types = Array.isArray(type) ? (type as unknown[]) : [type];
    const others = types.filter((one) => one !== 'null');
    if (others.length < types.length && others.length > 0) written['nullable'] = true;
    if (others.length <= 1) written['type'] = others[0] ?? 'null';
    else written['anyOf'] = others.map((one) => (one === 'array' ? { type: one, items: {} } : { type: one }));
  }

  private fitTuple(written: JsonRecord, schemas: readonly unknown[], open: readonly string[]): void {
    this.lost.add('prefixItems');
    const each = schemas.map((one) => this.fit(one, open));
    if (each.length > 0) written['items'] = each.length === 1 ? each[0] : { anyOf: each };
  }

  private fitUnion(written: JsonRecord, schemas: readonly unknown[], open: readonly string[]): void {
    const others = schemas.filter((one) => !isRecord(one) || one['type'] !== 'null');
    if (others.length < schemas.length) written['nullable'] = true;
    const each = others.map((one) => this.fit(one, open));
    if (each.length === 1) Object.assign(written, { ...each[0], ...this.descriptionOf(written) });
    else if (each.length > 1) written['anyOf'] = each;
  }

  /** Only strings can be listed. */
  private fitEnum(written: JsonRecord, values: readonly unknown[]): void {
    const others = values.filter((one) => one !== null);
    if (others.length < values.length) written['nullable'] = true;
    if (others.every((one) => typeof one === 'string') && others.length > 0) {
      written['type'] ??= 'string';
      written['enum'] = others;
      return;
    }
    this.lost.add('enum');
    const kinds = new Set(others.map((one) => typeof one));
    const [kind] = kinds;
    if (kinds.size === 1 && (kind === 'number' || kind === 'boolean')) written['type'] ??= kind;
  }

  /** What depends on several keywords. */
  private complete(written: JsonRecord): JsonRecord {
    const { type, format, required, properties } = written;
    if (type === undefined && isRecord(properties)) written['type'] = 'object';
    const isTextFormat = type === 'string' || type === undefined;
    if (format !== undefined && isTextFormat && !(typeof format === 'string' && STRING_FORMATS.has(format))) {
      delete written['format'];
      this.lost.add('format');
    }
    if (type !== 'string' && written['enum'] !== undefined) delete written['enum'];
    if (type === 'array' && written['items'] === undefined) written['items'] = { type: 'string' };
    if (required !== undefined) {
      const known = (Array.isArray(required) ? (required as unknown[]) : []).filter(
        (name) => typeof name === 'string' && isRecord(properties) && Object.hasOwn(properties, name),
      );
      if (known.length > 0) written['required'] = [...new Set(known)];
      else delete written['required'];
    }
    return written;
  }
}

function decodeStep(step: string): string {
  const plain = step.replaceAll('~1', '/').replaceAll('~0', '~');
  try {
    return decodeURIComponent(plain);
  } catch {
    return plain;
  }
}
