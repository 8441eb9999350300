import type { ChatRequest } from '@trunkline/contracts';
import { compileOutputSchema } from '../../claude/output-schema.js';
import { namedSchema } from '../../schema/index.js';
import type { ModelTraits } from './model-traits.js';

export interface ConverseFormat {
  /** For `outputConfig`. */
  textFormat: Record<string, unknown> | null;
  instruction: string | null;
  dropped: string[];
}

const WORKS_AS_NAME = /^[\w-]{1,64}$/;

/**
 * A JSON schema where the model can be held to one, else an instruction. JSON without a schema is unknown to Converse.
 * https://docs.aws.amazon.com/bedrock/latest/userguide/structured-output.html
 */
export function toConverseFormat(request: ChatRequest, traits: ModelTraits): ConverseFormat {
  const asked = request.response_format;
  if (asked?.type === 'json_object') {
    return { textFormat: null, instruction: 'Answer with nothing but one JSON object.', dropped: [] };
  }
  if (asked?.type !== 'json_schema' || !('json_schema' in asked))
    return { textFormat: null, instruction: null, dropped: [] };
  const { schema, name, description } = asked.json_schema as Record<string, unknown>;
  const compiled = schema && traits.jsonSchema ? compileOutputSchema(schema) : null;
  if (compiled) {
    const jsonSchema = {
      schema: JSON.stringify(compiled.schema),
      ...(typeof name === 'string' && WORKS_AS_NAME.test(name) ? { name } : {}),
      ...(typeof description === 'string' && description !== '' ? { description } : {}),
    };
    return {
      textFormat: { type: 'json_schema', structure: { jsonSchema } },
      instruction: null,
      dropped: compiled.lost.map((keyword) => `response_format.json_schema.schema.${keyword}`),
    };
  }
  const told = namedSchema(asked.json_schema) ?? {};
  const instruction = `Answer with nothing but one JSON value that satisfies this JSON schema:\n${JSON.stringify(told)}`;
  return { textFormat: null, instruction, dropped: ['response_format.json_schema'] };
}
