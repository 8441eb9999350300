import { defineOpenAiCompatible } from '../openai-compatible/index.js';
import { openAiCompletions, openAiEmbeddings } from '../openai-endpoints/index.js';

/**
 * Self-hosted. The context size cannot be set by this route (a Modelfile does); prices are the operator's to set. Its
 * own route streams lines of JSON and is not used.
 * https://docs.ollama.com/api/openai-compatibility
 */
export const ollama = defineOpenAiCompatible({
  id: 'ollama',
  name: 'Ollama',
  baseUrl: 'http://localhost:11434/v1',
  docsUrl: 'https://docs.ollama.com/api/openai-compatibility',
  endpoints: {
    completions: openAiCompletions(),
    embeddings: openAiEmbeddings({ base64: true, drop: ['input_type', 'user'] }),
  },
  auth: { type: 'optional-bearer' },
  quirks: {
    customTools: 'as-functions',
    tokenLimitField: 'max_tokens',
    drop: ['logit_bias', 'user', 'logprobs', 'top_logprobs'],
    singleChoice: true,
    toolChoice: { unsupported: true },
    strictTools: false,
    messages: { remoteMedia: false, reasoning: 'reasoning' },
    reasoning: {
      effort: true,
      effortNames: { minimal: 'low', xhigh: 'max' },
      off: { reasoning_effort: 'none' },
    },
  },
});
