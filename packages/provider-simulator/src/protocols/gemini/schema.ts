import { type FieldPath, refuse } from '../native-problem.js';
import { Fields } from '../read-fields.js';

/** https://ai.google.dev/api/caching#Schema */
const KEYWORDS = new Set([
  ...['type', 'format', 'title', 'description', 'nullable', 'enum', 'maxItems', 'minItems', 'properties'],
  ...['required', 'minProperties', 'maxProperties', 'minLength', 'maxLength', 'pattern', 'example', 'anyOf'],
  ...['propertyOrdering', 'default', 'items', 'minimum', 'maximum'],
]);
const TYPES = ['string', 'number', 'integer', 'boolean', 'array', 'object', 'null'];
const STRING_FORMATS = ['enum', 'date-time'];

/** Refuses what is not in Gemini's subset of OpenAPI, and gives the schema back with JSON Schema's type names. */
export function readSchema(value: unknown, path: FieldPath): Record<string, unknown> {
  const schema = Fields.of(value, path);
  const read: Record<string, unknown> = {};
  for (const [key, member] of Object.entries(value as object)) {
    if (!KEYWORDS.has(key))
      refuse(
        path,
        'unsupported',
        `Invalid JSON payload received. Unknown name "${key}" at '${path.join('.')}': Cannot find field.`,
      );
    read[key] = member;
  }
  const type = schema.string('type')?.toLowerCase();
  if (type !== undefined) {
    if (!TYPES.includes(type)) refuse(schema.at('type'), 'type', 'a type of Schema', type);
    read['type'] = type;
  }
  const format = schema.string('format');
  if (type === 'string' && format !== undefined && !STRING_FORMATS.includes(format))
    refuse(
      path,
      'unsupported',
      `${path.join('.')}.format: only 'enum' and 'date-time' are supported for STRING type`,
    );
  for (const entry of schema.list('enum') ?? [])
    if (typeof entry !== 'string') refuse(schema.at('enum'), 'type', 'a string', entry);
  if (type === 'array' && !schema.has('items'))
    refuse(path, 'unsupported', `* ${path.join('.')}.items: missing field.`);
  if (schema.has('items')) read['items'] = readSchema(schema.raw('items'), schema.at('items'));
  const anyOf = schema.list('anyOf');
  if (anyOf !== undefined)
    read['anyOf'] = anyOf.map((one, index) => readSchema(one, [...schema.at('anyOf'), index]));
  readProperties(schema, read);
  return read;
}

function readProperties(schema: Fields, read: Record<string, unknown>): void {
  const properties = schema.object('properties');
  const names = properties === undefined ? [] : Object.keys(schema.raw('properties') as object);
  if (properties !== undefined) {
    read['properties'] = Object.fromEntries(
      names.map((name) => [name, readSchema(properties.raw(name), properties.at(name))]),
    );
  }
  const missing = (schema.list('required') ?? []).find((name) => !names.includes(String(name)));
  if (missing !== undefined)
    refuse(schema.path, 'unsupported', `* ${schema.at('required').join('.')}: property is not defined`);
}
