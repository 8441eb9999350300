import type { SchemaDialect } from '../schema/index.js';
import { defineOpenAiCompatible } from '../openai-compatible/index.js';
import { openAiEmbeddings } from '../openai-endpoints/index.js';

/**
 * "JSON Schema Support" of https://docs.fireworks.ai/structured-responses/structured-response-formatting (2026): no
 * oneOf, no pattern, no length or size, no schema that contains itself. Objects with `properties` are closed there
 * whatever the schema says.
 */
const FIREWORKS_SCHEMAS: SchemaDialect = {
  references: 'acyclic',
  refuses: new Set([
    ...['minLength', 'maxLength', 'minItems', 'maxItems', 'minProperties', 'maxProperties', 'pattern'],
  ]),
  untold: 'described',
  oneOf: 'any-of',
};

/**
 * Names are resource names (accounts/fireworks/models/…): the catalog has them. Usage comes in the last chunk, asked
 * for or not. `error` is an object or a plain string. prompt_cache_key, prompt_cache_isolation_key and
 * reasoning_history pass. A budget to think with (from 1,024 tokens) becomes an effort.
 * https://fireworks.ai/docs/ · https://github.com/vercel/ai/tree/main/packages/fireworks/src
 */
export const fireworks = defineOpenAiCompatible({
  id: 'fireworks',
  name: 'Fireworks AI',
  baseUrl: 'https://api.fireworks.ai/inference/v1',
  docsUrl: 'https://fireworks.ai/docs/api-reference/post-chatcompletions',
  // https://docs.fireworks.ai/api-reference/creates-an-embedding-vector-representing-the-input-text
  endpoints: { embeddings: openAiEmbeddings({ drop: ['input_type', 'user'] }) },
  quirks: {
    customTools: 'as-functions',
    tokenLimitField: 'max_tokens',
    drop: ['seed'],
    schemas: { output: FIREWORKS_SCHEMAS, strict: FIREWORKS_SCHEMAS },
    toolChoice: { allowedTools: false },
    reasoning: {
      // reasoning_effort and thinking must not be sent together; they are not.
      effort: true,
      effortNames: { minimal: 'low', xhigh: 'high', max: 'high' },
      off: { thinking: { type: 'disabled' } },
      on: { thinking: { type: 'enabled' } },
    },
  },
});
