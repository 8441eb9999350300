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
  const typed: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (lists.includes(name)) typed[name] = Array.isArray(value) ? value : [value];
    else if (typeof value !== 'string') typed[name] = value;
    else if (numbers.includes(name)) typed[name] = numberOf(value);
    else if (booleans.includes(name)) typed[name] = booleanOf(value);
    else typed[name] = value.startsWith('{') && name !== 'prompt' ? jsonOf(value) : value;
  }
  return typed;
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
