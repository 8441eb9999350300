import { resolveLocalReference } from './local-reference.js';

/** Keywords whose schemas hold for the very same value. */
const IN_PLACE_LISTS = ['allOf', 'anyOf', 'oneOf'] as const;
const IN_PLACE = ['not', 'if', 'then', 'else'] as const;

type Schema = Record<string, unknown>;

/**
 * Finds a `$ref` that leads back to itself without going deeper into the value, so that no value could ever be checked.
 * A tree whose children are trees is no such loop.
 * @returns path of the schema in which it begins (`#/$defs/a`), or null
 */
export function schemaLoop(root: unknown): string | null {
  const clean = new Set<object>();
  const waiting: { value: unknown; path: string }[] = [{ value: root, path: '#' }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { value, path } = next;
    if (value === null || typeof value !== 'object') continue;
    if (!Array.isArray(value) && isLoop(value as Schema, root, clean)) return path;
    for (const [key, child] of Object.entries(value)) waiting.push({ value: child, path: `${path}/${key}` });
  }
  return null;
}

/** Walks the schemas that hold in place of `start`, without recursion. */
function isLoop(start: Schema, root: unknown, clean: Set<object>): boolean {
  const path: { schema: Schema; rest: Schema[] }[] = [{ schema: start, rest: inPlace(start, root) }];
  const onPath = new Set<object>([start]);
  for (let top = path.at(-1); top; top = path.at(-1)) {
    const child = top.rest.pop();
    if (!child) {
      clean.add(top.schema);
      onPath.delete(top.schema);
      path.pop();
    } else if (onPath.has(child)) return true;
    else if (!clean.has(child)) {
      onPath.add(child);
      path.push({ schema: child, rest: inPlace(child, root) });
    }
  }
  return false;
}

function inPlace(schema: Schema, root: unknown): Schema[] {
  const found: unknown[] = IN_PLACE.map((keyword) => schema[keyword]);
  for (const keyword of IN_PLACE_LISTS) {
    const list = schema[keyword];
    if (Array.isArray(list)) found.push(...(list as unknown[]));
  }
  if (typeof schema['$ref'] === 'string') found.push(resolveLocalReference(root, schema['$ref']));
  return found.filter((one): one is Schema => one !== null && typeof one === 'object' && !Array.isArray(one));
}
