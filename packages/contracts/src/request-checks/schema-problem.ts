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
    for (const parent of level) {
      for (const [key, child] of Object.entries(parent) as [string, unknown][]) {
        if (child !== null && typeof child === 'object') next.push(child);
        else if (key === '$ref') hasReference = true;
      }
    }
    level = next;
  }
  if (!hasReference) return null;
  const loop = schemaLoop(schema);
  if (loop !== null) return `refers to itself at ${loop}`;
  return schemaEnds(schema) ? null : 'refers to itself without end: no value fits it';
}
