import type { ChatRequest } from '@trunkline/contracts';
import { compileSchema, namedSchema, type SchemaDialect } from '../../schema/index.js';

export interface CohereFormat {
  format: Record<string, unknown> | null;
  /** What is said in words where the field cannot be sent. */
  instruction: string | null;
  dropped: string[];
}

/** https://docs.cohere.com/docs/structured-outputs#unsupported-schema-features */
const COHERE_SCHEMAS: SchemaDialect = {
  refuses: new Set([
    ...['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'],
    ...['minItems', 'maxItems', 'uniqueItems', 'minLength', 'maxLength', 'minProperties', 'maxProperties'],
  ]),
};

/** Cohere takes no response format beside tools or documents, and a plain `json_object` wants to be asked for in words. */
export function toCohereFormat(request: ChatRequest, hasTools: boolean): CohereFormat {
  const asked = request.response_format;
  const isTakenAway = hasTools || (request['documents'] ?? null) !== null;
  if (asked?.type === 'json_schema' && 'json_schema' in asked) {
    const schema = namedSchema(asked.json_schema);
    const canSay = !isTakenAway && schema !== undefined && isObjectWithRequired(schema);
    const compiled = canSay ? compileSchema(schema, COHERE_SCHEMAS) : null;
    if (compiled === null) {
      const text = `Answer with nothing but one JSON value that satisfies this JSON schema:\n${JSON.stringify(schema ?? {})}`;
      return { format: null, instruction: text, dropped: ['response_format.json_schema'] };
    }
    return {
      format: { type: 'json_object', json_schema: compiled.schema },
      instruction: null,
      dropped: compiled.lost.map((keyword) => `response_format.json_schema.schema.${keyword}`),
    };
  }
  if (asked?.type === 'json_object') {
    const instruction = 'Answer with nothing but one JSON object.';
    return { format: isTakenAway ? null : { type: 'json_object' }, instruction, dropped: [] };
  }
  return { format: null, instruction: null, dropped: [] };
}

/** The outermost schema must be an object with at least one required field. */
function isObjectWithRequired({ type, required }: Record<string, unknown>): boolean {
  return type === 'object' && Array.isArray(required) && required.length > 0;
}
