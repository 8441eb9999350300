/** What the fields of a form are, which are text all. */
export interface FieldTypes {
  readonly numbers?: readonly string[];
  readonly booleans?: readonly string[];
  readonly lists?: readonly string[];
}

/**
 * Text as what it stands for. What is none of it stays text, so that the schema names it. A field that begins with a
 * brace is JSON: routing wishes, chunking strategies.
 */
export function typedFields(
  fields: Readonly<Record<string, unknown>>,
  { numbers = [], booleans = [], lists = [] }: FieldTypes,
): Record<string, unknown> {
  const typed = (name: string, value: unknown): unknown => {
    if (lists.includes(name)) return Array.isArray(value) ? value : [value];
    if (typeof value !== 'string') return value;
    if (numbers.includes(name)) return numberOf(value);
    if (booleans.includes(name)) return booleanOf(value);
    return value.startsWith('{') && name !== 'prompt' ? jsonOf(value) : value;
  };
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, typed(name, value)]));
}

function numberOf(text: string): number | string {
  const number = Number(text);
  return text.trim() !== '' && Number.isFinite(number) ? number : text;
}

function booleanOf(text: string): boolean | string {
  if (/^(?:true|1)$/i.test(text)) return true;
  return /^(?:false|0)$/i.test(text) ? false : text;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
