import { defineOpenAiCompatible } from '../openai-compatible/index.js';

/**
 * Usage of a stream stands in choices[0].usage, cache hits in usage.cached_tokens: both are read. ms:// references are
 * refused before dispatch, as all ids of objects kept at a provider. thinking.keep and prompt_cache_key pass. Near
 * temperature 0 more than one choice is an error of theirs.
 * https://platform.moonshot.ai/docs/guide/migrating-from-openai-to-kimi
 * https://github.com/vercel/ai/tree/main/packages/moonshotai/src
 */
export const moonshot = defineOpenAiCompatible({
  id: 'moonshot',
  name: 'Moonshot AI (Kimi)',
  baseUrl: 'https://api.moonshot.ai/v1',
  docsUrl: 'https://platform.moonshot.ai/docs/api/chat',
  quirks: {
    customTools: 'as-functions',
    tokenLimitField: 'max_tokens',
    drop: ['seed', 'top_k'],
    maxTemperature: 1,
    toolChoice: { required: 'auto' },
    strictTools: false,
    // With it K2.5 answers nonsense.
    schemas: { tools: { refuses: new Set(['$schema']) }, output: { refuses: new Set(['$schema']) } },
    messages: { remoteMedia: false },
    reasoning: {
      effort: true,
      off: { thinking: { type: 'disabled' } },
      on: { thinking: { type: 'enabled' } },
    },
    models: [
      // Fixed temperatures: 1.0 thinking, 0.6 not.
      { match: /kimi-k2\.[56]/, quirks: { drop: ['seed', 'top_k', 'temperature'] } },
      // Thinks always.
      { match: /kimi-k2\.7-code/, quirks: { reasoning: { effort: true } } },
    ],
  },
});
