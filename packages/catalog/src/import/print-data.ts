/** Columns of a line in the data files. */
const WIDTH = 110;

/**
 * Prints JSON as the data files have it, so that an import's changes are all that a review sees: on one line what fits
 * there, but for lists of several objects.
 */
export function printData(value: unknown): string {
  return `${print(value, 0, WIDTH)}\n`;
}

function print(value: unknown, indent: number, room: number): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const line = onOneLine(value);
  if (line.length <= room && !isListOfObjects(value)) return line;
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  const inner = indent + 2;
  const entries = Object.entries(value);
  const lines = entries.map(([key, item], index) => {
    const name = Array.isArray(value) ? '' : `${JSON.stringify(key)}: `;
    const comma = index < entries.length - 1 ? 1 : 0;
    return ' '.repeat(inner) + name + print(item, inner, WIDTH - inner - name.length - comma);
  });
  return `${open}\n${lines.join(',\n')}\n${' '.repeat(indent)}${close}`;
}

function onOneLine(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(onOneLine).join(', ')}]`;
  const entries = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${onOneLine(item)}`);
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}

function isListOfObjects(value: object): boolean {
  const isObject = (item: unknown) =>
    typeof item === 'object' && item !== null && !Array.isArray(item) && Object.keys(item).length > 1;
  return Array.isArray(value) && value.length > 1 && value.every(isObject);
}
