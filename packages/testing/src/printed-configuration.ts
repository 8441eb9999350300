import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';

interface Variable {
  description?: string;
  default?: string | number | boolean;
  enum?: string[];
}

/** A Markdown table of an environment schema: each variable, what it is for, its default. */
export function configurationTable(schema: z.ZodObject): string {
  const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  const required = new Set(json.required);
  const rows = Object.entries((json.properties ?? {}) as Record<string, Variable>).map(([name, variable]) => {
    const choices = variable.enum ? ` (${variable.enum.map((choice) => `\`${choice}\``).join(', ')})` : '';
    return `| \`${name}\` | ${variable.description ?? ''}${choices} | ${defaultOf(variable, required.has(name))} |`;
  });
  return ['| variable | for | default |', '|---|---|---|', ...rows].join('\n');
}

function defaultOf(variable: Variable, isRequired: boolean): string {
  if (variable.default === undefined) return isRequired ? 'must be set' : '–';
  return variable.default === '' ? '–' : `\`${String(variable.default)}\``;
}

/**
 * The part of a document between `<!-- printed: name -->` and `<!-- end -->`. With `PRINT_DOCUMENTS=1` in the
 * environment the part is written first.
 * @throws Error when the document has no such part
 */
export function printedPart(file: URL, name: string, wanted: string): string {
  const text = readFileSync(file, 'utf8');
  const begin = `<!-- printed: ${name} -->\n`;
  const from = text.indexOf(begin);
  const to = text.indexOf('\n<!-- end -->', from);
  if (from < 0 || to < 0) throw new Error(`${file.pathname} has no part ${name}`);
  const start = from + begin.length;
  if (process.env['PRINT_DOCUMENTS'] === '1') {
    writeFileSync(file, text.slice(0, start) + wanted + text.slice(to));
    return wanted;
  }
  return text.slice(start, to);
}
