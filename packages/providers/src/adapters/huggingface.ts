import { defineOpenAiCompatible } from '../openai-compatible/index.js';

/**
 * A name may end in a host (:groq) or a policy (:fastest): it is part of the offer's name. Reasoning and its efforts are those
 * of the host behind it. X-HF-Bill-To is not sent: the credential's own account pays.
 * https://huggingface.co/docs/inference-providers
 */
export const huggingface = defineOpenAiCompatible({
  id: 'huggingface',
  name: 'Hugging Face Inference Providers',
  baseUrl: 'https://router.huggingface.co/v1',
  docsUrl: 'https://huggingface.co/docs/inference-providers',
  quirks: {
    customTools: 'as-functions',
    tokenLimitField: 'max_tokens',
  },
});
