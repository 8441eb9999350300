/** Why a provider refuses a request; each protocol has its own words, types and statuses for it. */
export type NativeProblem =
  | { readonly kind: 'unauthorized'; readonly key: string | undefined }
  | { readonly kind: 'model_not_found'; readonly model: string }
  | { readonly kind: 'route_not_found'; readonly method: string; readonly path: string }
  | { readonly kind: 'endpoint_not_offered'; readonly model: string; readonly endpoint: string }
  | { readonly kind: 'context_length'; readonly windowTokens: number; readonly promptTokens: number }
  | { readonly kind: 'content_policy' }
  | { readonly kind: 'body_too_large'; readonly limitBytes: number }
  | { readonly kind: 'malformed_json'; readonly detail: string }
  | { readonly kind: 'quota_exhausted' }
  | { readonly kind: 'status'; readonly status: number }
  | InvalidField;

export type FieldPath = readonly (string | number)[];

export interface InvalidField {
  readonly kind: 'invalid';
  readonly path: FieldPath;
  readonly reason: 'missing' | 'type' | 'value' | 'range' | 'unsupported';
  /** "a string", "'system', 'user'", "from 0 to 2": what would be right; for `unsupported` the whole sentence. */
  readonly expected: string;
  readonly got?: unknown;
}

/** A refusal as it goes out. */
export interface NativeRefusal {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Thrown while a request is read; caught where the answer is made. */
export class RefusedRequest extends Error {
  constructor(readonly problem: NativeProblem) {
    super(problem.kind);
  }
}

export function refuse(
  path: FieldPath,
  reason: InvalidField['reason'],
  expected: string,
  got?: unknown,
): never {
  throw new RefusedRequest({ kind: 'invalid', path, reason, expected, got });
}

/** "a string", "an array", …: how error messages call a JSON value. */
export function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'object') return 'an object';
  if (typeof value === 'number') return Number.isInteger(value) ? 'an integer' : 'a decimal number';
  return `a ${typeof value}`;
}
