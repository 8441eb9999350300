import type { ChatRequest } from '@trunkline/contracts';
import { isRecord } from '../loose-json.js';
import { compileSchema, compileStrict } from '../schema/index.js';
import type { Quirks } from './quirks.js';

const SCHEMA = 'response_format.json_schema.schema';

/**
 * Writes the response format as the provider takes it. Where it has no output by a schema, JSON is asked for and the
 * schema is told in words.
 * @returns what was weakened or left out
 */
export function writeResponseFormat(
  body: Record<string, unknown>,
  request: ChatRequest,
  quirks: Quirks,
): string[] {
  const format = request.response_format;
  if (format?.type !== 'json_schema' || !isRecord(format['json_schema'])) return [];
  const { schema, strict } = format['json_schema'];
  if (quirks.jsonSchema === 'json_object') {
    body['response_format'] = { type: 'json_object' };
    const instruction = `Answer with one JSON object that satisfies this JSON schema:\n${JSON.stringify(schema ?? {})}`;
    body['messages'] = [{ role: 'system', content: instruction }, ...(body['messages'] as unknown[])];
    return ['response_format.json_schema'];
  }
  if (!isRecord(schema)) return [];
  const write = (members: Record<string, unknown>): void => {
    body['response_format'] = {
      ...format,
      json_schema: { ...(format['json_schema'] as object), ...members },
    };
  };
  const dialect = strict === true ? (quirks.schemas?.strict ?? null) : null;
  const loose = quirks.schemas?.output;
  if (dialect) {
    const compiled = compileStrict(schema, dialect);
    write(compiled ? { schema: compiled.schema } : { strict: false });
    return compiled
      ? compiled.lost.map((keyword) => `${SCHEMA}.${keyword}`)
      : ['response_format.json_schema.strict'];
  }
  const compiled = loose ? compileSchema(schema, loose) : null;
  if (compiled) write({ schema: compiled.schema });
  return compiled?.lost.map((keyword) => `${SCHEMA}.${keyword}`) ?? [];
}
