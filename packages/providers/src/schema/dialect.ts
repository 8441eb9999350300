import type { JsonRecord } from '../loose-json.js';

/**
 * What a provider takes of JSON Schema, declared; `compileSchema` makes any schema fit it. A member that is left out
 * means "as in JSON Schema".
 */
export interface SchemaDialect {
  /** Keywords that it takes, where it refuses all others. */
  readonly takes?: ReadonlySet<string>;
  /** Keywords that it refuses, where it takes the others. */
  readonly refuses?: ReadonlySet<string>;
  /** What becomes of a constraint that it refuses: told to the model in the description, or left out. */
  readonly untold?: 'described';
  /**
   * `acyclic`: a schema may not contain itself; `inline`: no references at all. Those that cannot stand are written out,
   * a schema that contains itself a few levels deep.
   */
  readonly references?: 'acyclic' | 'inline';
  /** False where a reference stands alone: what is said beside it is left out, or written out with it. */
  readonly besideReference?: false;
  /** All schemas of an `allOf` become one. */
  readonly allOf?: 'merged';
  /** `oneOf` becomes `anyOf`. */
  readonly oneOf?: 'any-of';
  /** How null is allowed: as a keyword. Elsewhere it is a type. */
  readonly null?: 'nullable';
  /** A list of types becomes `anyOf`. */
  readonly typeLists?: 'any-of';
  readonly const?: 'enum';
  readonly enums?: 'strings';
  /** The formats of strings that it takes. */
  readonly formats?: ReadonlySet<string>;
  /** The highest `minItems` that it takes. */
  readonly mostMinItems?: number;
  /** Lists whose members differ by place become lists of any of them. */
  readonly tuples?: 'any-item';
  /** Every object is closed. A map (`additionalProperties` with a schema) cannot be said then. */
  readonly closed?: true;
  /** Every property is required; one that may be left out may be null instead, which is told. */
  readonly allRequired?: true;
  /** Every schema says its type, or is a union or a reference: strictly, there is none without. */
  readonly typed?: true;
  /** `items` must stand with every array, and this is what stands where there were none. */
  readonly anyItem?: JsonRecord;
}

export interface CompiledSchema {
  /** Shared by all who compile the same: not to be changed. */
  readonly schema: JsonRecord;
  /** Keywords that were left out or weakened, so that a value may fit this schema and not the client's. */
  readonly lost: readonly string[];
}

/** Says nothing of values, or what no dialect here has to be told: they are left out without a word. */
export const ANNOTATIONS: ReadonlySet<string> = new Set([
  ...['$schema', '$id', '$comment', '$anchor', '$vocabulary', 'title', 'default', 'examples', 'example'],
  ...[
    'deprecated',
    'readOnly',
    'writeOnly',
    'contentEncoding',
    'contentMediaType',
    'strict',
    'discriminator',
  ],
]);
