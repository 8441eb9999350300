import type { ChatRequest } from '@trunkline/contracts';
import { isRecord } from '../../loose-json.js';

export interface CohereFormat {
  format: Record<string, unknown> | null;
  /** What is said in words where the field cannot be sent. */
  instruction: string | null;
  dropped: string[];
}

/** https://docs.cohere.com/docs/structured-outputs#unsupported-schema-features */
const UNSUPPORTED = new Set([
  ...['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'],
  ...['minItems', 'maxItems', 'uniqueItems', 'minLength', 'maxLength', 'minProperties', 'maxProperties'],
]);

/** Cohere takes no response format beside tools or documents, and a plain `json_object` wants to be asked for in words. */
export function toCohereFormat(request: ChatRequest, hasTools: boolean): CohereFormat {
  const asked = request.response_format;
  const isTakenAway = hasTools || (request['documents'] ?? null) !== null;
  if (asked?.type === 'json_schema' && 'json_schema' in asked) {
    const { schema } = asked.json_schema as { schema?: unknown };
    if (isTakenAway || !isRecord(schema) || !isObjectWithRequired(schema)) {
      const text = `Answer with nothing but one JSON value that satisfies this JSON schema:\n${JSON.stringify(schema ?? {})}`;
      return { format: null, instruction: text, dropped: ['response_format.json_schema'] };
    }
    const lost = new Set<string>();
    const fitted = fitSchema(schema, lost);
    return {
      format: { type: 'json_object', json_schema: fitted },
      instruction: null,
      dropped: [...lost].map((keyword) => `response_format.json_schema.schema.${keyword}`),
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

function fitSchema(value: unknown, lost: Set<string>, isProperties = false): unknown {
  if (Array.isArray(value)) return (value as unknown[]).map((item) => fitSchema(item, lost));
  if (!isRecord(value)) return value;
  const fitted: Record<string, unknown> = {};
  for (const [key, member] of Object.entries(value)) {
    // Below `properties` and `$defs` keys are names and no keywords.
    if (!isProperties && UNSUPPORTED.has(key)) lost.add(key);
    else if (!isProperties && (key === 'enum' || key === 'const' || key === 'default')) fitted[key] = member;
    else {
      const isNames = !isProperties && (key === 'properties' || key === '$defs' || key === 'definitions');
      fitted[key] = fitSchema(member, lost, isNames);
    }
  }
  return fitted;
}
