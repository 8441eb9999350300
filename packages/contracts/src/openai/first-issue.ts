import type { z } from 'zod';

/** What is wrong with a request, for a client to mend it. */
export interface RequestIssue {
  code: 'missing_required_parameter' | 'invalid_type' | 'invalid_value' | 'unknown_parameter';
  /** The field as a path: `messages[0].role`. */
  param: string | null;
  message: string;
}

type Issue = z.core.$ZodIssue;

/** How a dialect writes where a field stands: `messages[0].role` or `messages.0.role`. */
export type PathStyle = 'brackets' | 'dots';

/** Turns the first issue of a failed check into one that names the field. */
export function firstIssue(
  error: z.core.$ZodError,
  input: unknown,
  style: PathStyle = 'brackets',
): RequestIssue {
  const [first] = error.issues;
  if (!first) return { code: 'invalid_value', param: null, message: 'The request is not valid.' };
  return describe(first, [], input, style === 'dots' ? printDots : printPath);
}

type PrintPath = (path: readonly PropertyKey[]) => string;

function describe(
  issue: Issue,
  parentPath: readonly PropertyKey[],
  input: unknown,
  printed: PrintPath,
): RequestIssue {
  const path = [...parentPath, ...issue.path];
  if (issue.code === 'invalid_union') {
    const inner = deepestBranch(issue.errors);
    if (inner) return describe(inner, path, input, printed);
    const alternatives = expectedTypes(issue.errors);
    const value = valueAt(input, path);
    if (alternatives && value !== undefined) {
      const param = printed(path);
      const message = `Invalid type for '${param}': expected ${alternatives}, but got ${typeName(value)}.`;
      return { code: 'invalid_type', param, message };
    }
  }
  const param = printed(path);
  const value = valueAt(input, path);
  if (issue.code === 'unrecognized_keys') {
    const unknown = printed([...path, issue.keys[0] ?? '']);
    return { code: 'unknown_parameter', param: unknown, message: `Unknown parameter: '${unknown}'.` };
  }
  if (value === undefined && path.length > 0) {
    return { code: 'missing_required_parameter', param, message: `Missing required parameter: '${param}'.` };
  }
  if (issue.code === 'invalid_type') {
    const message = `Invalid type for '${param}': expected ${article(issue.expected)}, but got ${typeName(value)}.`;
    return { code: 'invalid_type', param, message };
  }
  return { code: 'invalid_value', param, message: `Invalid value for '${param}': ${reason(issue, value)}` };
}

/**
 * Of the alternatives of a union, the one that the input came furthest with; where none took the type, nothing, unless
 * one took the type and not the value.
 */
function deepestBranch(branches: readonly (readonly Issue[])[]): Issue | null {
  let deepest: Issue | null = null;
  for (const [first] of branches) {
    if (!first || (first.path.length === 0 && first.code === 'invalid_type')) continue;
    if (deepest === null || first.path.length > deepest.path.length) deepest = first;
  }
  return deepest;
}

/** "a string or an array", where every alternative wanted another type; null otherwise. */
function expectedTypes(branches: readonly (readonly Issue[])[]): string | null {
  const names = branches.map(([first]) =>
    first?.code === 'invalid_type' && first.path.length === 0 ? article(first.expected) : null,
  );
  return names.length > 0 && names.every((name) => name !== null) ? names.join(' or ') : null;
}

function reason(issue: Issue, value: unknown): string {
  const shown = typeof value === 'string' ? JSON.stringify(value.slice(0, 60)) : typeName(value);
  switch (issue.code) {
    case 'invalid_value':
      return `${shown} is not one of ${issue.values.map((one) => JSON.stringify(one)).join(', ')}.`;
    case 'invalid_union':
      return `${shown} is not supported here.`;
    case 'too_small':
      return `must be at least ${issue.minimum}${issue.origin === 'array' ? ' long' : ''}.`;
    case 'too_big':
      return `must be at most ${issue.maximum}${issue.origin === 'array' ? ' long' : ''}.`;
    default:
      return issue.message;
  }
}

const PLAIN_NAME = /^[A-Za-z_][\w-]*$/;

/** A path as clients read it: `messages[0].role`. */
export function printPath(path: readonly PropertyKey[]): string {
  let text = '';
  for (const key of path) {
    if (typeof key === 'number') text += `[${key}]`;
    else if (PLAIN_NAME.test(String(key))) text += text === '' ? String(key) : `.${String(key)}`;
    else text += `[${JSON.stringify(String(key).slice(0, 60))}]`;
  }
  return text;
}

function printDots(path: readonly PropertyKey[]): string {
  return path.map((key) => String(key).slice(0, 60)).join('.');
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let value = input;
  for (const key of path) {
    if (value === null || typeof value !== 'object') return undefined;
    value = (value as Record<PropertyKey, unknown>)[key];
  }
  return value;
}

function typeName(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  return article(typeof value);
}

function article(type: string): string {
  const name = type === 'int' ? 'integer' : type === 'record' ? 'object' : type;
  return /^[aeiou]/.test(name) ? `an ${name}` : `a ${name}`;
}
