import { defineOpenAiCompatible } from '../openai-compatible/index.js';

/**
 * completion_tokens leaves the reasoning out. Three error shapes, also inside a 200: all are read. Six retired names
 * are redirected by the server; the catalog has the names that it sells. The Responses API is the main one there;
 * Anthropic's format is withdrawn. The address in the US, dearer and for the newest models alone, is an entry of its
 * own.
 * https://docs.x.ai/docs/guides/reasoning · https://github.com/vercel/ai/tree/main/packages/xai/src
 */
export const xai = defineOpenAiCompatible({
  id: 'xai',
  name: 'xAI',
  baseUrl: 'https://api.x.ai/v1',
  docsUrl: 'https://docs.x.ai/docs/api-reference',
  quirks: {
    customTools: 'as-functions',
    // Errors on models that reason, which are nearly all.
    drop: ['top_k', 'presence_penalty', 'frequency_penalty', 'stop'],
    // Grok 4.5 and later take low to high and refuse none.
    reasoning: { effort: true, effortNames: { minimal: 'low', xhigh: 'high', max: 'high' } },
    usage: { reasoningBeside: true },
    models: [
      { match: /non-reasoning/, quirks: { drop: ['top_k'], reasoning: {} } },
      // reasoning_effort is a 400 on Grok 3, 4, 4 fast and 4.20.
      { match: /^grok-(?:3|4(?!\.[1-9])|4\.20|code)/, quirks: { reasoning: {} } },
    ],
  },
});
