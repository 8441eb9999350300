import { type FieldPath, refuse } from './native-problem.js';

export interface NumberRange {
  readonly least?: number;
  readonly most?: number;
  readonly whole?: boolean;
}

/** Reads the members of a JSON object and refuses what is of the wrong kind, naming its path. */
export class Fields {
  private constructor(
    private readonly members: Readonly<Record<string, unknown>>,
    readonly path: FieldPath,
  ) {}

  static of(value: unknown, path: FieldPath): Fields {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      refuse(path, 'type', 'an object', value);
    return new Fields(value as Record<string, unknown>, path);
  }

  /** The member itself; a `null` counts as absent, as providers take it. */
  raw(key: string): unknown {
    return Object.hasOwn(this.members, key) ? (this.members[key] ?? undefined) : undefined;
  }

  has(key: string): boolean {
    return this.raw(key) !== undefined;
  }

  at(key: string): FieldPath {
    return [...this.path, key];
  }

  required(key: string): unknown {
    return this.raw(key) ?? refuse(this.at(key), 'missing', key);
  }

  string(key: string): string | undefined {
    const value = this.raw(key);
    if (value === undefined || typeof value === 'string') return value;
    return refuse(this.at(key), 'type', 'a string', value);
  }

  requiredString(key: string): string {
    this.required(key);
    return this.string(key) ?? '';
  }

  boolean(key: string): boolean | undefined {
    const value = this.raw(key);
    if (value === undefined || typeof value === 'boolean') return value;
    return refuse(this.at(key), 'type', 'a boolean', value);
  }

  number(
    key: string,
    { least = -Infinity, most = Infinity, whole = false }: NumberRange = {},
  ): number | undefined {
    const value = this.raw(key);
    if (value === undefined) return undefined;
    const kind = whole ? 'an integer' : 'a number';
    if (typeof value !== 'number' || (whole && !Number.isInteger(value)))
      return refuse(this.at(key), 'type', kind, value);
    if (value < least || value > most)
      refuse(this.at(key), 'range', `${least}..${most === Infinity ? '' : most}`, value);
    return value;
  }

  oneOf<T extends string>(key: string, values: readonly T[]): T | undefined {
    const value = this.string(key);
    if (value === undefined) return undefined;
    const known = values.find((candidate) => candidate === value);
    return known ?? refuse(this.at(key), 'value', values.map((name) => `'${name}'`).join(', '), value);
  }

  list(key: string): readonly unknown[] | undefined {
    const value = this.raw(key);
    if (value === undefined || Array.isArray(value)) return value;
    return refuse(this.at(key), 'type', 'an array', value);
  }

  object(key: string): Fields | undefined {
    const value = this.raw(key);
    return value === undefined ? undefined : Fields.of(value, this.at(key));
  }

  requiredObject(key: string): Fields {
    return Fields.of(this.required(key), this.at(key));
  }

  strings(key: string, most: number): readonly string[] {
    const value = this.raw(key);
    if (value === undefined) return [];
    const items = typeof value === 'string' ? [value] : (this.list(key) ?? []);
    if (items.length > most) refuse(this.at(key), 'range', `0..${most}`, items.length);
    return items.map((item, index) =>
      typeof item === 'string' ? item : refuse([...this.at(key), index], 'type', 'a string', item),
    );
  }
}
