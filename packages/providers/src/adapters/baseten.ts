import { defineOpenAiCompatible } from '../openai-compatible/index.js';

/**
 * Dedicated deployments have a URL each (/sync/v1): an entry of their own. Caching is automatic; x-session-affinity is
 * not sent, since no header of a client's passes.
 * https://docs.baseten.co/inference/model-apis/overview · https://github.com/vercel/ai/tree/main/packages/baseten/src
 */
export const baseten = defineOpenAiCompatible({
  id: 'baseten',
  name: 'Baseten Model APIs',
  baseUrl: 'https://inference.baseten.co/v1',
  docsUrl: 'https://docs.baseten.co/inference/model-apis/overview',
  quirks: {
    customTools: 'as-functions',
    tokenLimitField: 'max_tokens',
    reasoning: {
      off: { chat_template_args: { enable_thinking: false } },
      on: { chat_template_args: { enable_thinking: true } },
    },
    models: [{ match: /deepseek-v4-pro|gpt-oss-120b/i, quirks: { reasoning: { effort: true } } }],
  },
});
