import type { ChatRequest } from '@trunkline/contracts';
import { isRecord } from '../loose-json.js';
import { compileSchema, compileStrict, namedSchema } from '../schema/index.js';
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
  // A name is required here, and other dialects have none.
  const named: Record<string, unknown> = { name: 'answer', ...format['json_schema'] };
  const { schema, strict } = named;
  if (quirks.jsonSchema === 'json_object') {
    body['response_format'] = { type: 'json_object' };
    const told = namedSchema(format['json_schema']) ?? {};
    const instruction = `Answer with one JSON object that satisfies this JSON schema:\n${JSON.stringify(told)}`;
    body['messages'] = [{ role: 'system', content: instruction }, ...(body['messages'] as unknown[])];
    return ['response_format.json_schema'];
  }
  const write = (members: Record<string, unknown>): void => {
    body['response_format'] = { ...format, json_schema: { ...named, ...members } };
  };
  write({});
  if (!isRecord(schema)) return [];
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
