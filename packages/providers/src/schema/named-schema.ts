import { isRecord, type JsonRecord } from '../loose-json.js';

/**
 * The schema of an answer with what is said beside it, for targets that have no place for that: its name as the title, its
 * description before the schema's own. A title that the schema has stays.
 * @param format `response_format.json_schema`
 * @returns undefined where there is no schema
 */
export function namedSchema({ name, description, schema }: Readonly<JsonRecord>): JsonRecord | undefined {
  if (!isRecord(schema)) return undefined;
  // Nothing may stand beside a reference.
  if ('$ref' in schema) return schema;
  const descriptions = [description, schema['description']].filter(
    (one) => typeof one === 'string' && one !== '',
  );
  return {
    ...(typeof name === 'string' && name !== '' ? { title: name } : {}),
    ...schema,
    ...(descriptions.length > 0 ? { description: [...new Set(descriptions)].join('\n') } : {}),
  };
}
