import { readFile } from 'node:fs/promises';
import { LineCounter, parseDocument, type Document } from 'yaml';
import type { z } from 'zod';
import { ConfigFileError } from './config-file-error.js';
import { configFile, refusalOfSection, type DeclaredProvider } from './schema.js';
import { substitute, variablesIn, type Path } from './substitute.js';

export interface ConfigFile {
  readonly providers: readonly DeclaredProvider[];
  /** Names of the variables that hold provider keys: nobody but who applies the file needs them. */
  readonly secretVariables: readonly string[];
}

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * Reads a configuration file.
 * @throws ConfigFileError when it is not there, is no YAML, or says something that nobody would understand
 */
export async function readConfigFile(path: string, variables: Variables): Promise<ConfigFile> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new ConfigFileError(path, [
      error.code === 'ENOENT' ? 'there is no such file' : `it cannot be read: ${error.code ?? error.message}`,
    ]);
  });
  return parseConfigFile(text, variables, path);
}

/**
 * Reads a configuration from its text: YAML, then `${NAME}` in its strings, then the schema.
 * @param file its name, for messages
 * @throws ConfigFileError that names every problem with line and path
 */
export function parseConfigFile(text: string, variables: Variables, file: string): ConfigFile {
  const lines = new LineCounter();
  // The library's own messages repeat the line at fault, which may hold a key.
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  if (document.errors.length > 0) {
    const problems = document.errors.map(
      ({ pos, message }) => `line ${lines.linePos(pos[0]).line}: ${message}`,
    );
    throw new ConfigFileError(file, problems);
  }
  const parsed: unknown = toPlain(document, file) ?? {};
  const { value, problems } = substitute(parsed, variables);
  const checked = configFile.safeParse(value);
  const found = checked.success ? [] : checked.error.issues.flatMap(problemsOf);
  const unset = new Set(problems.map(({ path }) => path.join('\n')));
  // What a missing variable left behind is not worth a second complaint.
  const all = [...problems, ...found.filter(({ path }) => !unset.has(path.join('\n')))];
  if (!checked.success || all.length > 0) {
    throw new ConfigFileError(
      file,
      all.map(({ path, message }) => `${lineOf(document, lines, path)}${printPath(path)} ${message}`),
    );
  }
  return { providers: checked.data.providers, secretVariables: variablesIn(keysIn(parsed)) };
}

/** Everything that stands under `apiKey` or `apiKeys`, before variables are replaced. */
function keysIn(value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]: [string, unknown]) =>
    key === 'apiKey' || key === 'apiKeys' ? [item] : keysIn(item),
  );
}

function toPlain(document: Document, file: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    throw new ConfigFileError(file, [error instanceof Error ? error.message : String(error)]);
  }
}

function problemsOf(issue: z.core.$ZodIssue): { path: Path; message: string }[] {
  const path = issue.path.map((part) => (typeof part === 'number' ? part : String(part)));
  if (issue.code !== 'unrecognized_keys') return [{ path, message: issue.message }];
  return issue.keys.map((key) => ({
    path: [...path, key],
    message: path.length === 0 ? refusalOfSection(key) : 'is not a key that is known here',
  }));
}

/** The line of the nearest part of the path that is there. */
function lineOf(document: Document, lines: LineCounter, path: Path): string {
  for (let length = path.length; length > 0; length -= 1) {
    const node: unknown = document.getIn(path.slice(0, length), true);
    const start = rangeStart(node);
    if (start !== null) return `line ${lines.linePos(start).line}: `;
  }
  return '';
}

function rangeStart(node: unknown): number | null {
  if (typeof node !== 'object' || node === null || !('range' in node) || !Array.isArray(node.range))
    return null;
  const [start]: unknown[] = node.range;
  return typeof start === 'number' ? start : null;
}

/** `providers[1].baseUrl`. */
function printPath(path: Path): string {
  if (path.length === 0) return 'the file';
  return path
    .map((part, index) => (typeof part === 'number' ? `[${part}]` : `${index > 0 ? '.' : ''}${part}`))
    .join('');
}
