import { defineOpenAiCompatible } from '../openai-compatible/index.js';

/**
 * Only tool_choice auto. Names ending in -contributor let Meta train on requests: not in the catalog. prompt_cache_key
 * passes. It took the place of the Llama API (api.llama.com), which is closed. Its Responses, which say more, are not
 * spoken yet.
 * https://dev.meta.ai/docs
 */
export const meta = defineOpenAiCompatible({
  id: 'meta',
  name: 'Meta Model API',
  baseUrl: 'https://api.meta.ai/v1',
  docsUrl: 'https://dev.meta.ai/docs',
  quirks: {
    customTools: 'as-functions',
    drop: ['stop'],
    toolChoice: { unsupported: true },
    // Reasoning cannot be switched off: none must be left out.
    reasoning: { effort: true },
  },
});
