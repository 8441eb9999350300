import { schemaEnds } from './schema-ends.js';
import { schemaLoop } from './schema-loop.js';

/** OpenAI takes ten levels of properties; each is two or three of JSON. */
const MAX_LEVELS = 100;
/** OpenAI takes 5,000 properties. https://platform.openai.com/docs/guides/structured-outputs#supported-schemas */
const MAX_CONTAINERS = 20_000;

/** What is wrong with a JSON schema as a whole; null when nothing is. */
export function schemaProblem(schema: Readonly<Record<string, unknown>>): string | null {
  let level: object[] = [schema];
  let containers = 0;
  let hasReference = false;
  for (let depth = 1; level.length > 0; depth += 1) {
    containers += level.length;
    if (depth > MAX_LEVELS) return `is nested deeper than ${MAX_LEVELS} levels`;
    if (containers > MAX_CONTAINERS) return `has more than ${MAX_CONTAINERS} objects and arrays`;
    const next: object[] = [];
    for (const parent of level) if (pushChildren(parent, next)) hasReference = true;
    level = next;
  }
  if (!hasReference) return null;
  const loop = schemaLoop(schema);
  if (loop !== null) return `refers to itself at ${loop}`;
  return schemaEnds(schema) ? null : 'refers to itself without end: no value fits it';
}

/**
 * `for in` and not `Object.entries`: coding agents send some thirty schemas with every request.
 * @returns whether the schema refers to another
 */
function pushChildren(parent: object, into: object[]): boolean {
  if (Array.isArray(parent)) {
    for (const child of parent as unknown[])
      if (child !== null && typeof child === 'object') into.push(child);
    return false;
  }
  const members = parent as Record<string, unknown>;
  for (const key in members) {
    const child = members[key];
    if (child !== null && typeof child === 'object') into.push(child);
  }
  return typeof members['$ref'] === 'string';
}
