import { defineOpenAiCompatible } from '../openai-compatible/index.js';

/**
 * Some models always think (gpt-oss, Kimi, MiniMax M2.5). OpenAI-Project is not sent: the key's own team pays.
 * LiteLLM's prices for it are wrong by far and not the catalog's.
 * https://docs.wandb.ai/guides/integrations/inference/
 */
export const wandb = defineOpenAiCompatible({
  id: 'wandb',
  name: 'Weights & Biases Inference',
  baseUrl: 'https://api.inference.wandb.ai/v1',
  docsUrl: 'https://docs.wandb.ai/guides/integrations/inference/',
  quirks: {
    customTools: 'as-functions',
    tokenLimitField: 'max_tokens',
    reasoning: {
      off: { chat_template_kwargs: { enable_thinking: false } },
      on: { chat_template_kwargs: { enable_thinking: true } },
    },
    models: [{ match: /gpt-oss|kimi|minimax-m2\.5/i, quirks: { reasoning: { effort: true } } }],
  },
});
