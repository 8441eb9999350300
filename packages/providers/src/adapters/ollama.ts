import { defineOpenAiCompatible } from '../openai-compatible/index.js';
import { openAiEmbeddings } from '../openai-endpoints/index.js';

/**
 * Self-hosted. The context size cannot be set by this route; prices are the operator's to set.
 * https://docs.ollama.com/api/openai-compatibility
 */
export const ollama = defineOpenAiCompatible({
  id: 'ollama',
  name: 'Ollama',
  baseUrl: 'http://localhost:11434/v1',
  docsUrl: 'https://docs.ollama.com/api/openai-compatibility',
  endpoints: { embeddings: openAiEmbeddings({ base64: true, drop: ['input_type', 'user'] }) },
  auth: { type: 'optional-bearer' },
  quirks: {
    tokenLimitField: 'max_tokens',
    drop: ['logit_bias', 'user', 'logprobs', 'top_logprobs'],
    singleChoice: true,
    toolChoice: { unsupported: true },
    strictTools: false,
    messages: { remoteMedia: false, reasoning: 'reasoning' },
    reasoning: { effort: true, off: { reasoning_effort: 'none' } },
  },
});
