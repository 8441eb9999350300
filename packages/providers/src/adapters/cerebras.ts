import { defineOpenAiCompatible } from '../openai-compatible/index.js';
import { OPENAI_STRICT } from '../openai-compatible/strict-schemas.js';

/**
 * A 400 on each dropped parameter (service_tier is never sent to anyone). The error body is flat. GLM can give JSON text
 * and a tool call in one answer: it passes as it came. reasoning_format, clear_thinking and prompt_cache_key pass. On
 * dedicated inference the model is the endpoint's id: an unlisted name.
 * https://inference-docs.cerebras.ai/api-reference/chat-completions
 * https://github.com/pydantic/pydantic-ai (providers/cerebras.py)
 */
export const cerebras = defineOpenAiCompatible({
  id: 'cerebras',
  name: 'Cerebras',
  baseUrl: 'https://api.cerebras.ai/v1',
  docsUrl: 'https://inference-docs.cerebras.ai/api-reference/chat-completions',
  quirks: {
    customTools: 'as-functions',
    tokenLimitField: 'max_completion_tokens',
    drop: ['frequency_penalty', 'presence_penalty', 'logit_bias', 'parallel_tool_calls'],
    // https://inference-docs.cerebras.ai/capabilities/structured-outputs#schema-limitations
    schemas: { strict: { ...OPENAI_STRICT, typeLists: 'any-of' } },
    messages: { reasoning: 'omit' },
    // gpt-oss always reasons: switching it off is a 400.
    reasoning: { effort: true, effortNames: { minimal: 'low', xhigh: 'high', max: 'high' } },
    models: [
      // GLM wants earlier reasoning inside <think> tags in the text.
      { match: /glm/i, quirks: { messages: { reasoning: 'think-tags' }, reasoning: {} } },
    ],
    stripFromAnswer: ['time_info'],
  },
});
