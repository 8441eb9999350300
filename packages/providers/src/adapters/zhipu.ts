import { defineOpenAiCompatible } from '../openai-compatible/index.js';

/**
 * The path has a version of its own: no /v1. Coding plans have other URLs and no price per token. Reasoning of earlier
 * turns goes back unchanged in reasoning_content; clear_thinking passes. Caching is automatic, its hits are OpenAI's
 * field. One stop sequence, temperatures up to 1, the choice of tools left to the model, and JSON without a schema are all
 * that is taken. Of the names that tools know the key by in the environment (ZAI_API_KEY, ZHIPU_API_KEY) the catalog has both.
 * https://docs.z.ai/api-reference/llm/chat-completion · https://github.com/pydantic/pydantic-ai (models/zai.py)
 */
export const zhipu = defineOpenAiCompatible({
  id: 'zhipu',
  name: 'Z.ai (Zhipu)',
  baseUrl: 'https://api.z.ai/api/paas/v4',
  docsUrl: 'https://docs.z.ai/api-reference/llm/chat-completion',
  quirks: {
    customTools: 'as-functions',
    tokenLimitField: 'max_tokens',
    maxTemperature: 1,
    mostStops: 1,
    toolChoice: { required: 'auto', named: 'auto', none: 'without-tools' },
    jsonSchema: 'json_object',
    reasoning: { off: { thinking: { type: 'disabled' } }, on: { thinking: { type: 'enabled' } } },
    models: [
      // 5.3 always reasons.
      { match: /glm-5\.3/, quirks: { reasoning: { effort: true } } },
      {
        match: /glm-5\.2/,
        quirks: {
          reasoning: {
            effort: true,
            off: { thinking: { type: 'disabled' } },
            on: { thinking: { type: 'enabled' } },
          },
        },
      },
    ],
  },
});
